package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.ObjectStoreSpec;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectStoreFieldsTest {
    private static final ServerVersion NEWEST = ServerVersion.parse("2.15.2");

    private static final String OBJECT_STORE = """
            {"subjects": ["$O.files.M.>", "$O.files.C.>"], "discard": "new", "allow_rollup_hdrs": true,
             "allow_direct": true}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                             | {}
            {description: Photos}          | {"description": "Photos"}
            {ttl: 10s}                     | {"max_age": 10000000000}
            {maxBytes: 1Gi}                | {"max_bytes": 1073741824}
            {storage: memory}              | {"storage": "memory"}
            {replicas: 3}                  | {"num_replicas": 3}
            {placement: {tags: [ssd]}}     | {"placement": {"tags": ["ssd"]}}
            {compression: true}            | {"compression": "s2"}
            {compression: false}           | {"compression": "none"}
            """)
    void anObjectStoreIsThisStream(String spec, String more) {
        Settings desired = Specs.desiredObjectStore(spec);
        assertThat(Specs.bare(desired)).isEqualTo(Specs.json(OBJECT_STORE, more));
        assertThat(desired.get("name")).hasToString("\"OBJ_files\"");
        assertThat(Mapping.OBJECT_STORE.change(
                        desired, ServerDefaults.fill(Specs.FILES, desired), NEWEST, Instant.EPOCH, false))
                .isEqualTo(new Change.None());
    }

    @Test
    void noFieldIsForgotten() {
        assertThat(ObjectStoreFields.ALL.stream().map(Field::name))
                .containsAll(SpecFields.topLevel(ObjectStoreSpec.class, Set.of("bucket")));
        assertThat(ObjectStoreFields.ALL.stream().map(Field::wireName)).doesNotHaveDuplicates();
    }

    @Test
    void theOrderOfAnObjectStoresSubjectsMeansNothing() {
        Settings desired = Specs.desiredObjectStore("{}");
        Settings actual = Specs.overlaid(
                ServerDefaults.fill(Specs.FILES, desired), "{\"subjects\": [\"$O.files.C.>\", \"$O.files.M.>\"]}");
        assertThat(Mapping.OBJECT_STORE.change(desired, actual, NEWEST, Instant.EPOCH, false))
                .isEqualTo(new Change.None());
        assertThat(Mapping.OBJECT_STORE
                        .change(
                                desired,
                                Specs.overlaid(actual, "{\"subjects\": [\"$O.files.C.>\"]}"),
                                NEWEST,
                                Instant.EPOCH,
                                false)
                        .differences())
                .hasToString("[subjects: [\"$O.files.C.>\"] -> [\"$O.files.M.>\",\"$O.files.C.>\"]]");
    }
}
