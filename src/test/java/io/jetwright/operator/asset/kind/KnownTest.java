package io.jetwright.operator.asset.kind;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.api.Replica;
import io.jetwright.api.SequencePair;
import io.jetwright.api.StreamLag;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.Live;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.Stage;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a status takes from JetStream's answers. */
class KnownTest {
    private final Kind<io.jetwright.api.Stream, ?, StreamStatus> streams = Stage.ofStreams().kind;
    private final Kind<io.jetwright.api.Consumer, ?, ConsumerStatus> consumers =
            Stage.ofConsumers(new FakeCache<>()).kind;

    private static Sight seen(AssetName name, String info) {
        return new Sight.Seen(name, new Live(new Settings(Map.of()), json(info)));
    }

    private StreamStatus stream(String info) {
        return streams.view().known(seen(new StreamName("ORDERS"), info), null);
    }

    private ConsumerStatus consumer(String info) {
        return consumers.view().known(seen(new ConsumerName("ORDERS", "BILLING"), info), null);
    }

    @Test
    void aStreamsNumbers() {
        assertThat(stream("""
                                {"config": {"subjects": ["orders.>", "invoices.*"]},
                                 "created": "2026-06-01T11:00:00.123456789Z",
                                 "state": {"messages": 3, "bytes": 300, "first_seq": 5, "last_seq": 7,
                                           "first_ts": "2026-06-01T11:10:00Z", "last_ts": "2026-06-01T13:20:00.5+02:00",
                                           "num_subjects": 2, "consumer_count": 4},
                                 "cluster": {"name": "east", "leader": "n1", "replicas": [
                                   {"name": "n2", "current": true, "active": 1, "lag": 0},
                                   {"name": "n3", "current": false, "offline": true, "lag": 9}]}}
                                """))
                .isEqualTo(new StreamStatus(
                        null,
                        null,
                        "ORDERS",
                        "orders.>,invoices.*",
                        "2026-06-01T11:00:00.123456789Z",
                        3L,
                        300L,
                        5L,
                        7L,
                        "2026-06-01T11:20:00Z",
                        4L,
                        2L,
                        "east",
                        "n1",
                        List.of(new Replica("n2", true, false, 0), new Replica("n3", false, true, 9)),
                        null,
                        null,
                        null));
    }

    @Test
    void aStreamThatIsEmptyAndAlone() {
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
    }

    @Test
    void aMirror() {
        StreamStatus status = stream("""
                {"config": {"mirror": {"name": "ORIGIN"}}, "state": {},
                 "mirror": {"name": "ORIGIN", "lag": 12, "active": 100, "error": {"code": 404, "description": "stream not found"}}}
                """);
        assertThat(status.captures()).isNull();
        assertThat(status.mirror()).isEqualTo(new StreamLag("ORIGIN", 12, "stream not found"));
        assertThat(status.sources()).isNull();
    }

    @Test
    void aStreamWithSources() {
        assertThat(stream("{\"sources\": [{\"name\": \"A\", \"lag\": 1}, {\"name\": \"B\", \"lag\": 0}]}")
                        .sources())
                .containsExactly(new StreamLag("A", 1, null), new StreamLag("B", 0, null));
    }

    @Test
    void aBucketsNumbers() {
        assertThat(Stage.ofKeyValues().kind.view().known(seen(new StreamName("KV_sessions"), """
                                {"config": {"max_msgs_per_subject": 5, "max_age": 5400000000000},
                                 "created": "2026-06-01T11:00:00Z",
                                 "state": {"messages": 3, "bytes": 300, "num_subjects": 2, "last_ts": "2026-06-01T11:20:00.5Z"},
                                 "cluster": {"name": "east", "leader": "n1", "replicas": [{"name": "n2", "current": true}]},
                                 "mirror": {"name": "KV_users", "lag": 1},
                                 "sources": [{"name": "KV_bots", "lag": 2}]}
                                """), null))
                .isEqualTo(new KeyValueStatus(
                        null,
                        null,
                        "sessions",
                        "KV_sessions",
                        "2026-06-01T11:00:00Z",
                        3L,
                        2L,
                        300L,
                        5L,
                        "1h30m",
                        "2026-06-01T11:20:00Z",
                        "east",
                        "n1",
                        List.of(new Replica("n2", true, false, 0)),
                        new StreamLag("KV_users", 1, null),
                        List.of(new StreamLag("KV_bots", 2, null)),
                        null));
    }

    @Test
    void theObjectsOfAStoreAreThoseThatWereCountedOrWereBeforeOrNone() {
        var stores = Stage.ofObjectStores().kind;
        var files = new StreamName("OBJ_files");
        ObjectStoreStatus counted =
                stores.view().known(seen(files, "{\"total\": 4, \"state\": {\"messages\": 9, \"bytes\": 300}}"), null);
        assertThat(counted.objects()).isEqualTo(4);
        assertThat(counted.bytes()).isEqualTo(300);
        assertThat(counted.bucket()).isEqualTo("files");
        assertThat(counted.ttl()).isNull();
        String updated = "{\"state\": {\"messages\": 9}}";
        assertThat(stores.view().known(seen(files, updated), counted).objects()).isEqualTo(4);
        assertThat(stores.view().known(seen(files, updated), null).objects()).isNull();
        assertThat(stores.view()
                        .known(seen(files, "{\"state\": {\"messages\": 0}}"), counted)
                        .objects())
                .isZero();
        assertThat(stores.view().known(new Sight.Absent(), counted)).isEqualTo(ObjectStoreStatus.NOTHING);
        assertThat(stores.view().known(new Sight.Unseen(), counted)).isSameAs(counted);
    }

    @Test
    void aConsumersNumbers() {
        assertThat(consumer("""
                                {"created": "2026-06-01T11:00:00.9Z", "config": {"pause_until": "2026-07-01T02:00:00+02:00"},
                                 "delivered": {"consumer_seq": 9, "stream_seq": 8}, "ack_floor": {"consumer_seq": 7, "stream_seq": 6},
                                 "num_ack_pending": 2, "num_redelivered": 1, "num_waiting": 3, "num_pending": 4,
                                 "paused": true, "pause_remaining": 1000, "cluster": {"name": "east", "leader": "n1"}}
                                """))
                .isEqualTo(new ConsumerStatus(
                        null,
                        null,
                        "ORDERS",
                        "BILLING",
                        "2026-06-01T11:00:00.9Z",
                        4L,
                        2L,
                        1L,
                        3L,
                        new SequencePair(9, 8),
                        new SequencePair(7, 6),
                        true,
                        "2026-07-01T00:00:00Z",
                        "east",
                        "n1",
                        null,
                        null));
    }

    @Test
    void aPauseThatIsOverIsNotShown() {
        ConsumerStatus status = consumer("{\"config\": {\"pause_until\": \"2020-01-01T00:00:00Z\"}}");
        assertThat(status.paused()).isFalse();
        assertThat(status.pausedUntil()).isNull();
    }

    @Test
    void whatCouldNotBeReadIsAsItWasLastKnown() {
        StreamStatus stream = stream("{\"state\": {\"messages\": 3}}");
        assertThat(streams.view().known(new Sight.Unseen(), stream)).isSameAs(stream);
        assertThat(streams.view().known(new Sight.Unseen(), null)).isEqualTo(StreamStatus.NOTHING);
        ConsumerStatus consumer = consumer("{\"num_pending\": 3}");
        assertThat(consumers.view().known(new Sight.Unseen(), consumer)).isSameAs(consumer);
        assertThat(consumers.view().known(new Sight.Unseen(), null)).isEqualTo(ConsumerStatus.NOTHING);
    }

    @Test
    void ofWhatIsGoneNothingIsKnownButAConsumersNames() {
        assertThat(streams.view().known(new Sight.Absent(), stream("{\"state\": {\"messages\": 3}}")))
                .isEqualTo(StreamStatus.NOTHING);
        ConsumerStatus names = consumers.view().known(new Sight.Absent(), consumer("{\"num_pending\": 3}"));
        assertThat(names.stream()).isEqualTo("ORDERS");
        assertThat(names.consumer()).isEqualTo("BILLING");
        assertThat(names.pending()).isNull();
        assertThat(consumers.view().known(new Sight.Absent(), null)).isEqualTo(ConsumerStatus.NOTHING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"at": "2026-06-01T11:00:00.999999999Z"} | 2026-06-01T11:00:00Z
                    {"at": "2026-06-01T13:00:00+02:00"}      | 2026-06-01T11:00:00Z
                    {"at": "0001-01-01T00:00:00Z"}           |
                    {"at": ""}                               |
                    {}                                       |
                    """)
    void aTimeIsToTheSecondAndNoneWhenGoWroteNone(String object, String time) {
        assertThat(InfoReader.time(json(object), "at")).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": "b"} | b
            {"a": ""}  |
            {}         |
            """)
    void anEmptyTextIsNone(String object, String text) {
        assertThat(InfoReader.text(json(object), "a")).isEqualTo(text);
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
