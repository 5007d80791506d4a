package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.kind.Answers.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.KeyValueStatus;
import io.jetwright.api.Replica;
import io.jetwright.api.StreamLag;
import io.jetwright.operator.asset.Stage;
import io.jetwright.plan.AssetName.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyValueKindTest {
    @Test
    void theStatusShowsABucketsNumbers() {
        assertThat(Stage.ofKeyValues().kind.view().known(seen(new StreamName("KV_sessions"), """
                                {"config": {"max_msgs_per_subject": 5, "max_age": 5400000000000, "storage": "memory"},
                                 "ts": "2026-06-01T12:00:00.5Z", "created": "2026-06-01T11:00:00Z",
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
                        null,
                        "2026-06-01T12:00:00Z",
                        "2026-06-01T11:00:00Z",
                        3L,
                        2L,
                        300L,
                        5L,
                        "1h30m",
                        "memory",
                        null,
                        "2026-06-01T11:20:00Z",
                        "east",
                        "n1",
                        List.of(new Replica("n2", true, false, 0)),
                        null,
                        new StreamLag("KV_users", 1, null),
                        List.of(new StreamLag("KV_bots", 2, null)),
                        null,
                        null));
    }
}
