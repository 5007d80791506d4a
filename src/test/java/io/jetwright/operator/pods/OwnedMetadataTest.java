package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnedMetadataTest {
    private final OwnedMetadata metadata = Archiver.METADATA;
    private final Archiver owner = Archiver.named("orders");

    @Test
    void anOwnedResourceHasTheNameOfItsOwnerAndTheRecommendedLabels() {
        ObjectMeta made = metadata.of(owner, Map.of("example.com/a", "b"));
        assertThat(made.getNamespace()).isEqualTo("shop");
        assertThat(made.getName()).isEqualTo("orders");
        assertThat(made.getAnnotations()).containsOnly(entry("example.com/a", "b"));
        assertThat(made.getLabels())
                .containsExactly(
                        entry("app.kubernetes.io/instance", "orders"),
                        entry("app.kubernetes.io/managed-by", "jetwright"),
                        entry("app.kubernetes.io/name", "archiver"));
    }

    @Test
    void withoutAnnotationsThereAreNone() {
        assertThat(metadata.of(owner, null).getAnnotations()).isEmpty();
    }

    @Test
    void thePodsOfAnOwnerAreSelectedByItsNameAndTheApplication() {
        assertThat(metadata.podSelector(owner))
                .containsExactly(
                        entry("app.kubernetes.io/instance", "orders"), entry("app.kubernetes.io/name", "archiver"));
        assertThat(metadata.podSelectorText(owner))
                .isEqualTo("app.kubernetes.io/instance=orders,app.kubernetes.io/name=archiver");
    }

    @Test
    void theLabelSelectorMatchesTheLabels() {
        Map<String, String> labels = metadata.labels(owner);
        assertThat(metadata.labelSelector().split(",", -1)).hasSize(2).allSatisfy(each -> {
            String[] term = each.split("=", 2);
            assertThat(labels).containsEntry(term[0], term[1]);
        });
        assertThat(metadata.labelSelector()).isNotEqualTo(new OwnedMetadata("another").labelSelector());
    }
}
