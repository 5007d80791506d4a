package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Prometheus;
import io.jetwright.it.harness.Prometheus.Sample;
import io.jetwright.it.harness.Promtool;
import io.jetwright.it.harness.RelayProcess;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.Message;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a Prometheus says that scrapes operator, relay and event logger while messages flow. */
class PrometheusIT {
    /** The namespace of the processes, which is not that of the resources. */
    private static final String HOME = "jetwright-system";

    private static final String PENDING = "jetwright_consumer_num_pending{name=\"worker\"}";

    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1s");

    @RegisterExtension
    final Prometheus prometheus = new Prometheus();

    @RegisterExtension
    final EventLoggerProcess eventLogger = new EventLoggerProcess(installation.nats());

    private final RelayProcess relay = installation.newRelay();
    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final DeadLetters letters = new DeadLetters(installation.nats());

    private GenericKubernetesResource declare(String consumerFields) {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [events.>]}"));
        return namespace.applyReady(
                consumer("worker", "{streamRef: {name: events}, ackWait: 5m%s}".formatted(consumerFields)));
    }

    private void startAll() {
        relay.start();
        eventLogger.start();
    }

    @Test
    void whatFlowsThroughAllThreeIsSeen() throws Exception {
        namespace.applyReady(stream("dead", "{subjects: [dead-letters.>]}"));
        GenericKubernetesResource worker = declare(", maxDeliver: 1, deadLetter: {streamRef: {name: dead}}");
        startAll();
        prometheus
                .scrape("operator", HOME, installation.operator().address())
                .scrape("relay", HOME, relay.address())
                .scrape("event-logger", HOME, eventLogger.managementAddress())
                .start()
                .awaitTargets();

        assertThat(prometheus.query("up"))
                .hasSize(3)
                .allSatisfy(up -> assertThat(up.labels()).containsEntry("namespace", HOME))
                .extracting(Sample::value)
                .containsOnly(1.0);
        eventually(() -> {
            jetStream.publish("events.created", 5);
            assertThat(prometheus.value("rate(jetwright_stream_last_seq{stream=\"EVENTS\"}[10s])"))
                    .isPositive();
            assertThat(prometheus.value("rate(event_logger_acknowledged_total[10s])"))
                    .isPositive();
        });

        eventually(() -> assertThat(namespace.read(worker).<String>get("status", "deadLetters", "completeSince"))
                .isNotNull());
        letters.exhaust("EVENTS", "worker", 3, 1);
        eventually(() -> {
            assertThat(prometheus.value("jetwright_dead_letters_relayed_total{outcome=\"stored\"}"))
                    .isEqualTo(3);
            assertThat(prometheus.value("jetwright_consumer_dead_letters_stored{name=\"worker\"}"))
                    .isEqualTo(3);
        });
    }

    @Test
    void aProcessThatHasEndedIsDownAndTellsNothing() throws Exception {
        declare("");
        eventLogger.start();
        prometheus
                .scrape("operator", HOME, installation.operator().address())
                .scrape("event-logger", HOME, eventLogger.managementAddress())
                .start()
                .awaitTargets();
        assertThat(prometheus.query("event_logger_ready")).isNotEmpty();

        eventLogger.close();

        eventually(() -> {
            assertThat(prometheus.value("up{job=\"event-logger\"}")).isZero();
            assertThat(prometheus.query("event_logger_ready")).isEmpty();
        });
        assertThat(prometheus.value("up{job=\"operator\"}")).isEqualTo(1);
    }

    @Test
    void whatNobodyPullsGrowsUntilItIsPulled() throws Exception {
        declare("");
        prometheus
                .scrape("operator", HOME, installation.operator().address())
                .rules("""
                        groups:
                          - name: test
                            rules:
                              - alert: NobodyPulls
                                expr: jetwright_consumer_num_pending > 40 and jetwright_consumer_num_waiting == 0
                        """)
                .start();
        String lag = PENDING + " + jetwright_consumer_num_ack_pending";

        jetStream.publish("events.created", 20);
        eventually(() -> assertThat(prometheus.value(lag)).isEqualTo(20));
        assertThat(prometheus.firing("NobodyPulls")).isEmpty();
        jetStream.publish("events.created", 30);
        eventually(() -> {
            assertThat(prometheus.value(lag)).isEqualTo(50);
            assertThat(prometheus.value("delta(%s[20s])".formatted(PENDING))).isPositive();
            assertThat(prometheus.firing("NobodyPulls")).singleElement().satisfies(labels -> assertThat(labels)
                    .containsEntry("namespace", namespace.name())
                    .containsEntry("consumer", "worker"));
        });

        List<Message> taken = letters.take("EVENTS", "worker", 50);
        eventually(() -> {
            assertThat(prometheus.value(PENDING)).isZero();
            assertThat(prometheus.value(lag)).isEqualTo(50);
            assertThat(prometheus.firing("NobodyPulls")).isEmpty();
        });
        for (Message each : taken) {
            each.ackSync(Duration.ofSeconds(5));
        }
        eventually(() -> {
            assertThat(prometheus.value(lag)).isZero();
            assertThat(prometheus.value("rate(jetwright_consumer_ack_floor_stream_seq{name=\"worker\"}[20s])"))
                    .isPositive();
        });
    }

    @Test
    void seriesAreOfTheResourcesNamespaceAndGoneWithTheResource() throws Exception {
        GenericKubernetesResource worker = declare("");
        prometheus.scrape("operator", HOME, installation.operator().address()).start();
        eventually(() -> assertThat(prometheus.query(PENDING)).singleElement().satisfies(sample -> assertThat(
                        sample.labels())
                .isEqualTo(Map.of(
                        "__name__", "jetwright_consumer_num_pending",
                        "namespace", namespace.name(),
                        "name", "worker",
                        "stream", "EVENTS",
                        "consumer", "worker",
                        "job", "operator",
                        "instance", installation.operator().address()))));

        namespace.delete(worker);

        eventually(() -> assertThat(prometheus.query("{__name__=~\"jetwright_consumer_.+\", name=\"worker\"}"))
                .isEmpty());
        assertThat(prometheus.value("jetwright_stream_ready{name=\"events\"}")).isEqualTo(1);
        assertThat(prometheus.value("count_over_time(%s[5m])".formatted(PENDING)))
                .isPositive();
    }

    @Test
    void eachFormatSaysTheSame() throws Exception {
        declare("");
        startAll();
        Map<String, String> processes = Map.of(
                "operator", installation.operator().address(),
                "relay", relay.address(),
                "event-logger", eventLogger.managementAddress());
        processes.forEach((name, address) -> prometheus
                .scrape(name, HOME, address, Prometheus.OPEN_METRICS)
                .scrape(name + "-text", HOME, address, Prometheus.TEXT)
                .scrape(name + "-protobuf", HOME, address, Prometheus.PROTOBUF));
        prometheus.start().awaitTargets();

        for (Map.Entry<String, String> each : processes.entrySet()) {
            String process = each.getKey();
            String address = each.getValue();
            assertThat(metrics(address, "application/openmetrics-text;version=1.0.0"))
                    .as(process)
                    .endsWith("\n# EOF\n");
            assertThat(Promtool.faults(metrics(address, "text/plain;version=0.0.4")))
                    .as(process)
                    .isEmpty();
            eventually(() -> assertThat(series(process))
                    .hasSizeGreaterThan(10)
                    .containsExactlyInAnyOrderElementsOf(series(process + "-text"))
                    .containsExactlyInAnyOrderElementsOf(series(process + "-protobuf")));
        }
    }

    private static String metrics(String address, String accepted) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
                .header("Accept", accepted)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    /** How many series of each name, as labels and value. */
    private List<Sample> series(String job) throws Exception {
        return prometheus.query("count by (__name__) ({job=\"%s\"})".formatted(job));
    }
}
