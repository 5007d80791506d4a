package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.jetwright.api.Stream;
import io.jetwright.operator.asset.Resources;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssetClonerTest {
    private final List<HasMetadata> others = new ArrayList<>();
    private final AssetCloner cloner = new AssetCloner(new Cloner() {
        @Override
        public <T extends HasMetadata> T clone(T resource) {
            others.add(resource);
            return resource;
        }
    });

    @Test
    void ourResourcesAreCopiedWithTheirSpec() {
        Stream orders = Resources.stream("orders", "{maxAge: 1d}");
        Stream copy = cloner.clone(orders);
        assertThat(copy).isNotSameAs(orders).isEqualTo(orders);
        copy.getMetadata().setName("another");
        assertThat(orders.getMetadata().getName()).isEqualTo("orders");
        assertThat(others).isEmpty();
    }

    @Test
    void othersAreCopiedAsEver() {
        var resource = new ConfigMap();
        assertThat(cloner.clone(resource)).isSameAs(resource);
        assertThat(others).containsExactly(resource);
    }
}
