package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Stream;
import io.jetwright.api.StreamReference;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRoutes;
import org.junit.jupiter.api.Test;

class DeclaredStreamsTest {
    private final FakeCache<Stream> cache = new FakeCache<>();
    private final DeclaredStreams declared = new DeclaredStreams(new FakeRoutes(), cache);
    private final Stream orders = cache.put(stream("orders", "{name: ORDERS, connectionRef: {name: a}}"));
    private final Stream same = cache.put(stream("same", "{name: ORDERS}"));
    private final Stream local = cache.put(stream("local", "{}"));

    @Test
    void aReferenceNamesAStreamResourceOfItsNamespace() {
        var reference = new StreamReference("orders");
        assertThat(declared.find("shop", reference)).contains(orders);
        assertThat(declared.find("bank", reference)).isEmpty();
        assertThat(declared.find("shop", new StreamReference("ORDERS"))).isEmpty();
        assertThat(declared.find("shop", null)).isEmpty();
    }

    @Test
    void whoDeclaresAStreamIsFoundOnAllConnections() {
        assertThat(declared.declaring("ORDERS")).containsExactly(orders, same);
        assertThat(declared.declaring("local")).containsExactly(local);
        assertThat(declared.declaring("orders")).isEmpty();
    }

    @Test
    void whoUsesAConnectionIsFoundByItsKey() {
        assertThat(declared.connectionKey(orders)).isEqualTo("shop/a");
        assertThat(declared.using("shop/a")).containsExactly(orders);
        assertThat(declared.connectionKey(local)).isEmpty();
        assertThat(declared.using("")).containsExactly(same, local);
    }
}
