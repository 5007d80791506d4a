package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.plan.AssetName.StreamName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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

    @Test
    void aBucketIsAStreamWithThePrefixOfItsKind() {
        assertThat(Buckets.keyValue("sessions")).isEqualTo(new StreamName("KV_sessions"));
        assertThat(Buckets.objectStore("files")).isEqualTo(new StreamName("OBJ_files"));
    }

    @ParameterizedTest
    @CsvSource({"sessions, sessions", "KV_sessions, sessions", "OBJ_files, OBJ_files", "KV_KV_x, KV_x"})
    void aKeyValueBucketIsMeantByItsNameOrByThatOfItsStream(String name, String bucket) {
        assertThat(Buckets.keyValueNamed(name)).isEqualTo(bucket);
    }

    @Test
    void keysObjectsAndChunksHaveSubjectsOfTheirOwn() {
        assertThat(Buckets.keyPrefix("sessions")).isEqualTo("$KV.sessions.");
        assertThat(Buckets.objects("files")).isEqualTo("$O.files.M.>");
        assertThat(Buckets.chunks("files")).isEqualTo("$O.files.C.>");
    }
}
