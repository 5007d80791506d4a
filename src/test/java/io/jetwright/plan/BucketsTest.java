package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.plan.AssetName.StreamName;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
    @ParameterizedTest
    @CsvSource({
        "KV_sessions, sessions, false",
        "OBJ_files, files, true",
        "KV_OBJ_x, OBJ_x, false",
        "OBJ_KV_x, KV_x, true",
        "ORDERS, ORDERS, false"
    })
    void aStreamsNameTellsTheBucket(String stream, String bucket, boolean isObjectStore) {
        var name = new StreamName(stream);
        assertThat(Buckets.of(name)).isEqualTo(bucket);
        assertThat(Buckets.objectsIn(name))
                .isEqualTo(isObjectStore ? Optional.of("$O." + bucket + ".M.>") : Optional.empty());
    }
}
