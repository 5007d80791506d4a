package io.jetwright.it;

import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.GuideCommands;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of the runbooks, typed as they stand. */
class RunbooksIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private final TestNamespace namespace = installation.namespace();

    @Test
    void theCommandsShowWhatTheRunbooksSay() {
        namespace.applyReady(stream(
                "invoices", "{name: INVOICES, subjects: [invoices.>], maxMsgs: 100, alerts: {maxMsgsPercent: 90}}"));
        namespace.applyReady(consumer(
                "invoice-worker",
                "{streamRef: {name: invoices}, maxDeliver: 5, ackWait: 10s, alerts: {pending: 10000}}"));
        new JetStreamApi(installation.nats()).publish("invoices.eu.17", 3);

        GuideCommands.Said said = new GuideCommands(installation, "docs/guides/runbooks.md").runAll();

        assertThat(said.of("nats consumer info INVOICES invoice-worker"))
                .contains("Outstanding Acks", "Waiting Pulls", "Acknowledgment Floor", "Unprocessed Messages: 3");
        assertThat(said.of("nats stream subjects INVOICES")).contains("invoices.eu.17");
        assertThat(said.of("nats server check stream --stream INVOICES")).startsWith("OK INVOICES");
        assertThat(said.of("kubectl get consumer invoice-worker -o jsonpath='{.spec.ackWait}"))
                .contains("10s 5");
        assertThat(said.of("kubectl get stream invoices -o jsonpath='{.spec.alerts}"))
                .contains("{\"maxMsgsPercent\":90}");
        assertThat(said.of("kubectl get events --field-selector involvedObject.name=invoices"))
                .contains("Created");
    }
}
