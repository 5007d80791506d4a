package io.jetwright.it;

import static io.jetwright.it.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator that was killed after it had changed JetStream, and before it could report it. */
class CrashIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutOperator();

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    @Test
    void whatWasCreatedAndNotReportedIsFoundAndKept() throws Exception {
        OperatorProcess operator = installation.newOperator();
        operator.start();
        var orders = namespace.apply(stream("orders", "{subjects: [orders.>], maxAge: 1h}"));
        namespace.awaitReady(orders);
        operator.kill();
        jetStream.publish("orders.new", 3);
        String created = jetStream.stream("orders").get("created").asText();
        namespace
                .client()
                .resource(namespace.read(orders))
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": null}");
        assertThat(namespace.read(orders).<Object>get("status")).isNull();

        try (var traffic = new ApiTraffic(installation.nats())) {
            operator.start();
            var ready = namespace.awaitReady(orders);

            assertThat(ready.<Integer>get("status", "messages")).isEqualTo(3);
            assertThat(jetStream.stream("orders").get("created").asText()).isEqualTo(created);
            assertThat(traffic.writes()).doesNotContain("STREAM.UPDATE.orders", "STREAM.DELETE.orders");
        }
    }

    @Test
    void anOperatorThatIsKilledInTheMiddleOfManyFinishesThemWhenItIsBack() {
        OperatorProcess operator = installation.newOperator();
        operator.start();
        var first = namespace.apply(stream("many-0", "{subjects: [many.0], storage: memory}"));
        for (int i = 1; i < 40; i++) {
            namespace.apply(stream("many-" + i, "{subjects: [many." + i + "], storage: memory}"));
        }
        namespace.awaitReady(first);
        operator.kill();

        operator.start();

        for (int i = 0; i < 40; i++) {
            namespace.awaitReady(namespace.apply(stream("many-" + i, "{subjects: [many." + i + "], storage: memory}")));
        }
    }
}
