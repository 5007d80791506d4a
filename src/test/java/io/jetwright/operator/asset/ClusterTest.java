package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.objectStore;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.plan.Owner;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTest {
    @ParameterizedTest
    @CsvSource({"here, shop, true", "here, bank, false", "there, shop, false"})
    void aClusterKnowsOfTheOwnersInTheNamespacesThatItWatches(String cluster, String namespace, boolean knows) {
        var narrow = new Cluster("here", Set.of("shop"));
        assertThat(narrow.watches(new Owner(cluster, namespace, "orders"))).isEqualTo(knows);
        assertThat(Resources.CLUSTER.watches(new Owner(cluster, namespace, "orders")))
                .isEqualTo(cluster.equals("here"));
    }

    @Test
    void onlyTheOwnerOfABucketIsNamedWithItsKind() {
        assertThat(Resources.CLUSTER.owner(stream("x", "{}"))).isEqualTo(new Owner("here", "shop", "x"));
        assertThat(Resources.CLUSTER.owner(consumer("x", "{streamName: ORDERS}")))
                .isEqualTo(new Owner("here", "shop", "x"));
        assertThat(Resources.CLUSTER.owner(keyValue("x", "{}"))).isEqualTo(new Owner("here", "shop", "x", "KeyValue"));
        assertThat(Resources.CLUSTER.owner(objectStore("x", "{}")))
                .isEqualTo(new Owner("here", "shop", "x", "ObjectStore"));
    }

    @Test
    void theNamespacesAreThoseThatWereGiven() {
        Set<String> given = new HashSet<>(Set.of("shop"));
        var cluster = new Cluster("here", given);
        given.clear();
        assertThat(cluster.namespaces()).containsExactly("shop");
    }
}
