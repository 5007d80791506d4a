package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.GuideCommands;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.RelayProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The guides to dead letters and to Redrives, typed as they stand. */
class DeadLettersGuideIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private final RelayProcess relay = installation.newRelay();

    @Test
    void fromAPoisonedMessageToItsRedrive() {
        relay.start();

        GuideCommands.Said said = new GuideCommands(installation, "docs/guides/dead-letters.md").runAll();

        assertThat(said.of("kubectl get consumers invoice-worker"))
                .as("the column DEAD")
                .containsPattern("(?m)^NAME +STREAM +.*DEAD +.*\\n\\S+ +INVOICES .* 1 ");
        assertThat(said.of("kubectl get events")).contains("message 1 of stream INVOICES was delivered 3 times");
        assertThat(said.of("nats stream get"))
                .contains(
                        "Dead-Letter-Reason: MaxDeliveries",
                        "Dead-Letter-Deliveries: 3",
                        "Dead-Letter-Subject: invoices.eu.17",
                        "{\"total\": \"not a number\"}");
        assertThat(said.of("kubectl get redrives invoices-rehearsal")).contains("1\n");
        assertThat(said.of("nats consumer next INVOICES invoice-worker --ack"))
                .contains("Dead-Letter-Redrives: 1", "{\"total\": \"not a number\"}");
    }

    @Test
    void toOneConsumerAlone() {
        relay.start();

        GuideCommands.Said said = new GuideCommands(installation, "docs/guides/redrive.md").runAll();

        assertThat(said.of("kubectl get redrives to-all"))
                .contains(
                        "would also reach audit of the stream ACCOUNTS",
                        "set to.subject",
                        "after the stream has it and mailer filters it");
        assertThat(said.of("kubectl get events"))
                .contains("sends back dead letters of the stream ACCOUNTS_DEAD: 2", "2 of 2 dead letters were sent");
        assertThat(said.of("nats consumer next ACCOUNTS mailer --count 2 --ack"))
                .contains("retry.mailer.accounts.created.17", "retry.mailer.accounts.created.18")
                .contains("Dead-Letter-Redrives: 1", "{\"name\": \"Ana\"}", "{\"name\": \"Luis\"}");
        assertThat(said.of("nats consumer info ACCOUNTS audit")).containsPattern("Unprocessed Messages: 0\\b");
        assertThat(said.of("nats stream info ACCOUNTS_DEAD")).containsPattern("Messages: 0\\b");
    }
}
