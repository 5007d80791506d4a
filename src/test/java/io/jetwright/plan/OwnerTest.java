package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {
    @Test
    void isReadAsItIsWritten() {
        var owner = new Owner("0b9f6c1e-uid", "shop", "orders.v2");
        assertThat(owner).hasToString("0b9f6c1e-uid/shop/orders.v2");
        assertThat(Owner.of(owned(owner.toString()))).contains(owner);
    }

    @Test
    void anOwnerOfAnotherKindThanTheObjectsIsWrittenWithIt() {
        var owner = new Owner("0b9f6c1e-uid", "shop", "orders", "KeyValue");
        assertThat(owner).hasToString("0b9f6c1e-uid/shop/orders/KeyValue");
        assertThat(Owner.of(owned(owner.toString()))).contains(owner);
        assertThat(owner).isNotEqualTo(new Owner("0b9f6c1e-uid", "shop", "orders"));
    }

    @Test
    void anObjectWithoutTheMarkHasNoOwner() {
        assertThat(Owner.of(new Settings(Map.of()))).isEmpty();
        assertThat(Owner.of(new Settings(
                        Map.of("metadata", JsonNodeFactory.instance.objectNode().put("team", "sales")))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "somebody", "somebody/else"})
    void aMarkThatIsNoneOfOursIsAnOwnerAllTheSame(String mark) {
        assertThat(Owner.of(owned(mark))).contains(new Owner("", "", mark));
    }

    @ParameterizedTest
    @CsvSource({"a/b/c/d, a, b, c, d", "a/b/c/d/e, a, b, c, d/e", "/b/c, '', b, c, ''"})
    void odderMarksAreReadAsFarAsTheyGo(String mark, String cluster, String namespace, String name, String kind) {
        assertThat(Owner.of(owned(mark))).contains(new Owner(cluster, namespace, name, kind));
    }

    private static Settings owned(String mark) {
        return new Settings(
                Map.of("metadata", JsonNodeFactory.instance.objectNode().put(Owner.KEY, mark)));
    }
}
