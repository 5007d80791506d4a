package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketFieldsTest {
    private static final ServerVersion NEWEST = ServerVersion.parse("2.15.2");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                    | {}
            {ttl: 7d}             | {"max_age": 604800000000000}
            {ttl: 0s}             | {"max_age": 0}
            {compression: true}   | {"compression": "s2"}
            {compression: false}  | {"compression": "none"}
            """)
    void whatBucketsOfAllKindsHaveInCommonIsThisInTheirStreams(String spec, String more) {
        Map<String, JsonNode> common = fields(Specs.json("""
                {"discard": "new", "allow_rollup_hdrs": true, "allow_direct": true}
                """, more));
        assertThat(fields(Specs.bare(Specs.desiredKeyValue(spec)))).containsAllEntriesOf(common);
        assertThat(fields(Specs.bare(Specs.desiredObjectStore(spec)))).containsAllEntriesOf(common);
    }

    private static Map<String, JsonNode> fields(JsonNode json) {
        return Settings.of(json).fields();
    }

    @Test
    void allThatAStreamCanHaveIsKnownOfABucketToo() {
        assertThat(wireNames(KeyValueFields.ALL)).containsAll(wireNames(StreamFields.ALL));
        assertThat(wireNames(ObjectStoreFields.ALL)).containsAll(wireNames(StreamFields.ALL));
    }

    private static List<String> wireNames(List<? extends Field<?>> fields) {
        return fields.stream().map(Field::wireName).toList();
    }

    @Test
    void whatOthersHaveSetIsKept() {
        Settings made = ServerDefaults.fill(Specs.FILES, Specs.desiredObjectStore("{}"));
        assertThat(updated(made, """
                        {"deny_delete": true, "deny_purge": true, "first_seq": 7, "max_msgs": 5, "metadata": {}}
                        """)).containsKeys("deny_delete", "deny_purge", "first_seq", "max_msgs");
        assertThat(updated(made, """
                        {"sealed": true, "deny_purge": true, "allow_rollup_hdrs": false, "metadata": {}}
                        """))
                .containsEntry("sealed", BooleanNode.TRUE)
                .containsEntry("deny_purge", BooleanNode.TRUE)
                .containsEntry("allow_rollup_hdrs", BooleanNode.FALSE);
    }

    private static Map<String, JsonNode> updated(Settings made, String changedByOthers) {
        Settings actual = Specs.overlaid(made, changedByOthers);
        return ((Change.Update) Mapping.OBJECT_STORE.change(
                        Specs.desiredObjectStore("{}"), actual, NEWEST, Instant.EPOCH, false))
                .settings()
                .fields();
    }
}
