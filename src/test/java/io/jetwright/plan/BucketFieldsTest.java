package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketFieldsTest {
    private static final ServerVersion NEWEST = ServerVersion.parse("2.15.2");

    @Test
    void whatTheServerWouldNotTakeBackIsKept() {
        Settings made = ServerDefaults.fill(Specs.FILES, Specs.desiredObjectStore("{}"));
        assertThat(updated(made, """
                        {"deny_delete": true, "deny_purge": true, "first_seq": 7, "max_msgs": 5, "metadata": {}}
                        """))
                .containsKeys("deny_delete", "deny_purge", "first_seq")
                .doesNotContainKey("max_msgs");
        assertThat(updated(made, """
                        {"sealed": true, "deny_purge": true, "allow_rollup_hdrs": false, "metadata": {}}
                        """))
                .containsEntry("sealed", BooleanNode.TRUE)
                .containsEntry("deny_purge", BooleanNode.TRUE)
                .containsEntry("allow_rollup_hdrs", BooleanNode.FALSE);
    }

    private static Map<String, JsonNode> updated(Settings made, String changedByOthers) {
        Settings actual = Specs.overlaid(made, changedByOthers);
        return ((Change.Update)
                        Mapping.OBJECT_STORE.change(Specs.desiredObjectStore("{}"), actual, NEWEST, Instant.EPOCH))
                .settings()
                .fields();
    }
}
