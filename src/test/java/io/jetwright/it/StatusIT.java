package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.keyValue;
import static io.jetwright.it.harness.Manifests.objectStore;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Kubectl;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.NeedsNats;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the status and the columns of {@code kubectl get} tell of what JetStream has, whatever the spec says of it. */
class StatusIT {
    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().environment("RESYNC_INTERVAL", "2s").natsConfiguration("""
                    jetstream { store_dir: $store, limits { duplicate_window: "1m" } }
                    """);

    /** A column of a table of kubectl's, whose cells begin below its heading. */
    private static final Pattern HEADING = Pattern.compile("(\\S+(?: \\S+)*) *");

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer nats = installation.nats();
    private final JetStreamApi jetStream = new JetStreamApi(nats);
    private final Kubectl kubectl = new Kubectl(installation.kubernetes(), namespace);

    private @Nullable Object status(GenericKubernetesResource resource, String field) {
        return namespace.read(resource).get("status", field);
    }

    /** The row of the only resource of its kind, by the headings of the columns. */
    private Map<String, String> row(String kind) {
        List<String> lines =
                kubectl.run("get", kind, "--output=wide").successful().lines().toList();
        assertThat(lines).hasSize(2);
        Map<String, String> cells = new HashMap<>();
        Matcher heading = HEADING.matcher(lines.get(0));
        while (heading.find()) {
            String row = lines.get(1) + " ".repeat(lines.get(0).length());
            cells.put(
                    heading.group(1),
                    row.substring(heading.start(), heading.end()).strip());
        }
        return cells;
    }

    @Test
    void aNewStreamTellsAtOnceWhereItIsAndWhatTheServerHasChosen() {
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "{}"));

        assertThat(status(orders, "leader")).isEqualTo(nats.name());
        assertThat(row("streams"))
                .containsEntry("STORAGE", "file")
                .containsEntry("RETENTION", "limits")
                .containsEntry("LEADER", nats.name());
    }

    @Test
    void theWideColumnsAreWhatJetStreamHas() {
        namespace.applyReady(stream("orders", "{storage: memory, retention: interest}"));
        namespace.applyReady(keyValue("sessions", "{storage: memory, ttl: 30s}"));
        namespace.applyReady(objectStore("files", "{}"));

        assertThat(row("streams")).containsEntry("STORAGE", "memory").containsEntry("RETENTION", "interest");
        assertThat(row("keyvalues")).containsEntry("STORAGE", "memory").containsEntry("LEADER", nats.name());
        assertThat(row("objectstores")).containsEntry("STORAGE", "file").containsEntry("LEADER", nats.name());

        GenericKubernetesResource refused = namespace.apply(stream("orders", "{storage: file, retention: interest}"));

        namespace.awaitNotReady(refused, "Immutable");
        assertThat(row("streams")).containsEntry("STORAGE", "memory");
    }

    @Test
    void anUpdateLeavesTheLeaderAsItWas() {
        namespace.applyReady(stream("orders", "{}"));
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "description: mine"));

        assertThat(status(orders, "leader")).isEqualTo(nats.name());
    }

    @Test
    void messagesThatAreGoneFromTheMiddleAreCounted() {
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "{}"));
        assertThat(status(orders, "deleted")).isNull();
        jetStream.publish("orders", 5);

        jetStream.ask("STREAM.MSG.DELETE.orders", "{\"seq\": 2}");
        jetStream.ask("STREAM.MSG.DELETE.orders", "{\"seq\": 4}");

        eventually(() -> assertThat(status(orders, "deleted")).isEqualTo(2));
        assertThat(status(orders, "messages")).isEqualTo(3);
    }

    @Test
    void aPushConsumerTellsWhetherAClientIsSubscribed() {
        namespace.applyReady(stream("orders", "{}"));
        GenericKubernetesResource billing =
                namespace.applyReady(consumer("billing", "{streamRef: {name: orders}, deliverSubject: billing.in}"));
        GenericKubernetesResource workers = namespace.applyReady(consumer("workers", "streamRef: {name: orders}"));
        assertThat(status(billing, "pushBound")).isEqualTo(false);
        assertThat(status(workers, "pushBound")).isNull();

        Subscription subscription = nats.connection().subscribe("billing.in");

        eventually(() -> assertThat(status(billing, "pushBound")).isEqualTo(true));

        subscription.unsubscribe();

        eventually(() -> assertThat(status(billing, "pushBound")).isEqualTo(false));
    }

    @Test
    @NeedsNats("2.11")
    void aPinnedConsumerTellsWhichClientGetsTheMessages() {
        namespace.applyReady(stream("orders", "{}"));
        GenericKubernetesResource workers = namespace.applyReady(consumer("workers", """
                streamRef: {name: orders}
                priorityPolicy: pinned_client
                priorityGroups: [jobs]
                pinnedTtl: 1m
                """));
        assertThat(status(workers, "priorityGroups")).asString().isEqualTo("[{name=jobs}]");
        Connection client = nats.connection();
        String inbox = client.createInbox();
        Subscription subscription = client.subscribe(inbox);

        client.publish(
                "$JS.API.CONSUMER.MSG.NEXT.orders.workers",
                inbox,
                "{\"batch\": 1, \"group\": \"jobs\", \"expires\": 30000000000}".getBytes(StandardCharsets.UTF_8));
        jetStream.publish("orders", 1);

        String pinned = pin(subscription);
        eventually(() -> assertThat(status(workers, "priorityGroups"))
                .asString()
                .matches("\\[\\{name=jobs, pinnedClientID=%s, pinnedSince=20.*Z}]".formatted(pinned)));
        subscription.unsubscribe();
    }

    private static String pin(Subscription subscription) {
        try {
            Message message = Objects.requireNonNull(subscription.nextMessage(Duration.ofSeconds(10)));
            return Objects.requireNonNull(message.getHeaders().getFirst("Nats-Pin-Id"));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSealedStreamSaysSoAndKeepsItsOwnLimits() {
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "maxAge: 1h"));
        jetStream.changeStream("orders", config -> config.put("sealed", true));
        eventually(() -> assertThat(status(orders, "sealed")).isEqualTo(true));

        namespace.applyReady(stream("orders", "maxAge: 2h"));

        assertThat(namespace.condition(orders, "Ready").getMessage()).contains("sealed: true");
        assertThat(status(orders, "sealed")).isEqualTo(true);
        assertThat(jetStream.stream("orders").at("/config/max_age").asLong()).isZero();
    }

    /** The server's limit is one minute; clients are refused such buckets, too. */
    @Test
    void aBucketWhoseWindowTheServerRefusesIsReadyWithTheCureThatItNames() {
        GenericKubernetesResource endless = namespace.apply(keyValue("sessions", "{}"));
        GenericKubernetesResource hourly = namespace.apply(keyValue("carts", "ttl: 1h"));
        String cure = "duplicates window can not be larger then server limit of 1m0s (10052)."
                + " Set spec.ttl to this limit at most, or raise duplicate_window in the limits of the server's JetStream";
        assertThat(namespace.awaitNotReady(endless, "Rejected")).contains(cure);
        assertThat(namespace.awaitNotReady(hourly, "Rejected")).contains(cure);

        namespace.applyReady(keyValue("sessions", "ttl: 1m"));

        GenericKubernetesResource orders = namespace.apply(stream("orders", "duplicateWindow: 2m"));
        assertThat(namespace.awaitNotReady(orders, "Rejected"))
                .contains("(10052). Lower spec.duplicateWindow, or raise duplicate_window in the limits");

        namespace.applyReady(stream("orders", "duplicateWindow: 1m"));
    }
}
