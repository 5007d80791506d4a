package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.kind.Answers.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Replica;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamLag;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.asset.Stage;
import io.jetwright.plan.AssetName.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamKindTest {
    private final Kind<Stream, ?, StreamStatus> streams = Stage.ofStreams().kind;

    private StreamStatus stream(String info) {
        return streams.view().known(seen(new StreamName("ORDERS"), info), null);
    }

    @Test
    void theStatusShowsAStreamsNumbers() {
        assertThat(stream("""
                                {"config": {"subjects": ["orders.>", "invoices.*"], "storage": "file", "retention": "workqueue",
                                            "sealed": true},
                                 "ts": "2026-06-01T12:00:00.5Z", "created": "2026-06-01T11:00:00.123456789Z",
                                 "state": {"messages": 3, "bytes": 300, "first_seq": 5, "last_seq": 7,
                                           "first_ts": "2026-06-01T11:10:00Z", "last_ts": "2026-06-01T13:20:00.5+02:00",
                                           "num_subjects": 2, "num_deleted": 6, "consumer_count": 4},
                                 "cluster": {"name": "east", "leader": "n1", "replicas": [
                                   {"name": "n2", "current": true, "active": 1, "lag": 0},
                                   {"name": "n3", "current": false, "offline": true, "lag": 9}]}}
                                """))
                .isEqualTo(new StreamStatus(
                        null,
                        null,
                        "ORDERS",
                        null,
                        "orders.>,invoices.*",
                        "file",
                        "workqueue",
                        true,
                        "2026-06-01T12:00:00Z",
                        "2026-06-01T11:00:00.123456789Z",
                        3L,
                        300L,
                        5L,
                        7L,
                        "2026-06-01T11:20:00Z",
                        4L,
                        2L,
                        6L,
                        "east",
                        "n1",
                        List.of(new Replica("n2", true, false, 0), new Replica("n3", false, true, 9)),
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void anEmptyStreamOnOneServerHasNoLastTimeAndNoReplicas() {
        StreamStatus status = stream("""
                {"config": {"subjects": ["ORDERS"]}, "created": "2026-06-01T11:00:00Z",
                 "state": {"messages": 0, "bytes": 0, "first_seq": 0, "last_seq": 0, "last_ts": "0001-01-01T00:00:00Z"},
                 "cluster": {"leader": "n1"}}
                """);
        assertThat(status.messages()).isZero();
        assertThat(status.lastTime()).isNull();
        assertThat(status.cluster()).isNull();
        assertThat(status.leader()).isEqualTo("n1");
        assertThat(status.replicas()).isNull();
        assertThat(status.sealed()).isNull();
        assertThat(status.deleted()).isNull();
        assertThat(status.migration()).isNull();
    }

    @Test
    void aMirrorShowsItsLagAndItsError() {
        StreamStatus status = stream("""
                {"config": {"mirror": {"name": "ORIGIN"}}, "state": {},
                 "mirror": {"name": "ORIGIN", "lag": 12, "active": 100, "error": {"code": 404, "description": "stream not found"}}}
                """);
        assertThat(status.captures()).isNull();
        assertThat(status.mirror()).isEqualTo(new StreamLag("ORIGIN", 12, "stream not found"));
        assertThat(status.sources()).isNull();
    }

    @Test
    void eachSourceShowsItsLag() {
        assertThat(stream("{\"sources\": [{\"name\": \"A\", \"lag\": 1}, {\"name\": \"B\", \"lag\": 0}]}")
                        .sources())
                .containsExactly(new StreamLag("A", 1, null), new StreamLag("B", 0, null));
    }
}
