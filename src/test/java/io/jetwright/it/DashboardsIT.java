package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.docs.Dashboard;
import io.jetwright.docs.Dashboard.Query;
import io.jetwright.it.harness.DashboardPicture;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.Prometheus;
import io.jetwright.it.harness.Prometheus.Sample;
import io.jetwright.it.harness.PrometheusQueries;
import io.jetwright.it.harness.RelayProcess;
import io.jetwright.it.harness.TestNamespace;
import io.jetwright.it.harness.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The queries of the dashboards, and those that the texts tell their readers to ask, put to a Prometheus that scrapes operator and
 * relay while messages flow. With {@code -Ddashboards.update=true} they flow for some minutes, and docs/images is made anew.
 */
@Order(1) // takes long
class DashboardsIT {
    private static final boolean UPDATE = Boolean.getBoolean("dashboards.update");

    /** How much of the time the pictures show. */
    private static final Duration SPAN = UPDATE ? Duration.ofMinutes(4) : Duration.ofSeconds(30);

    private static final Path PICTURES = Path.of(UPDATE ? "docs/images" : "target/dashboards");

    /** Where there is rightly nothing, and why. */
    private static final Map<String, String> EMPTY = Map.of(
            "Jetwright: overview / Without a leader", "the cluster does not lose its majority",
            "Jetwright: the operator / Reconciliations with an error of the operator", "there from the first one on",
            "Jetwright: the operator / Requests not answered", "all servers answer");

    /** What only metrics have that are there from the first failure on, which no test can cause from outside. */
    private static final Set<String> AFTER_A_FAILURE = Set.of("operator_sdk_reconciliations_failed_total");

    /** One that is written to, a mirror, and one with sources: what is asked of a single one, some of them has. */
    private static final List<String> STREAMS = List.of("orders", "orders-archive", "analytics");

    /** With as much heap as in the chart's pod. */
    @RegisterExtension
    static final Installation installation = Installation.withOperator()
            .natsCluster(3)
            .environment("RESYNC_INTERVAL", "1s")
            .environment("JAVA_TOOL_OPTIONS", "-Xmx154m");

    @RegisterExtension
    final Prometheus prometheus = new Prometheus();

    private final TestNamespace namespace = installation.namespace();
    private final RelayProcess relay = installation.newRelay();
    private final Map<String, String> variables = new HashMap<>(Map.of(
            "__rate_interval", "15s",
            "window", "15s",
            "namespace", namespace.name(),
            "name", STREAMS.get(0),
            "job", "jetwright-metrics",
            "relay", "jetwright-dead-letters-metrics"));

    @Test
    void eachQueryIsAnsweredWithData() throws Exception {
        relay.start();
        apply("shop.yaml").forEach(resource -> namespace.awaitReady(Duration.ofMinutes(1), resource));
        apply("mistakes.yaml");
        prometheus
                .scrape(
                        "jetwright-metrics",
                        "jetwright",
                        installation.operator().address())
                .scrape("jetwright-dead-letters-metrics", "jetwright", relay.address())
                .start()
                .awaitTargets();
        Instant begin = Instant.now();

        try (var traffic = new Traffic(installation.nats())) {
            traffic.publish("orders.created")
                    .publish("shipments.sent")
                    .work("ORDERS", "billing", 40, Duration.ofMillis(100))
                    .work("ORDERS", "search-index", 0, Duration.ofMillis(600))
                    .work("SHIPMENTS", "labels", 0, Duration.ofSeconds(2));
            List<Query> unanswered = new ArrayList<>(toBeAnswered());
            eventually(Duration.ofMinutes(2), () -> {
                for (Query query : List.copyOf(unanswered)) {
                    if (isAnswered(query)) {
                        unanswered.remove(query);
                    }
                }
                assertThat(unanswered).isEmpty();
            });
            await().atMost(SPAN.plusMinutes(1)).until(() -> Instant.now().isAfter(begin.plus(SPAN)));
            draw();
        }
        theVariablesHaveValues();
        eachMetricIsThere();
    }

    private List<GenericKubernetesResource> apply(String file) throws IOException {
        String yaml = Files.readString(Path.of("src/test/resources/dashboards", file));
        return namespace.applyAll(yaml.replace("@SERVER@", installation.nats().url()));
    }

    private static Stream<Query> all() {
        return Stream.concat(
                Dashboard.all().stream().flatMap(dashboard -> dashboard.queries().stream()),
                Dashboard.documented().stream());
    }

    private static List<Query> toBeAnswered() {
        List<Query> queries =
                all().filter(query -> !EMPTY.containsKey(query.where())).toList();
        assertThat(queries).hasSizeGreaterThan(EMPTY.size());
        return queries;
    }

    /** With the labels that the panel shows, and of what is asked for, not of the zero that a panel shows where there is nothing. */
    private boolean isAnswered(Query query) throws Exception {
        String bare = query.expression().replace(" or vector(0)", "");
        for (String stream : STREAMS) {
            Map<String, String> all = new HashMap<>(variables);
            all.put("name", stream);
            List<Sample> samples = prometheus.query(Dashboard.filled(bare, all));
            assertThat(samples)
                    .as(query.toString())
                    .allSatisfy(sample -> assertThat(sample.labels().keySet()).containsAll(query.labels()));
            if (!samples.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void theVariablesHaveValues() throws Exception {
        for (Dashboard dashboard : Dashboard.all()) {
            for (JsonNode variable : dashboard.nodes("/templating/list")) {
                String query = variable.at("/query/query").asText();
                if (!query.isEmpty()) {
                    List<String> parts = query.replaceFirst("^label_values[(](.*), (\\w+)[)]$", "$1\n$2")
                            .lines()
                            .toList();
                    String series = Dashboard.filled(parts.get(0), variables);
                    assertThat(prometheus.query("group by (%s) (%s)".formatted(parts.get(1), series)))
                            .as(query)
                            .extracting(sample -> sample.labels().get(parts.get(1)))
                            .contains(variables.get(variable.path("name").asText()));
                }
            }
        }
    }

    /** What {@code or} hides, too. */
    private void eachMetricIsThere() throws Exception {
        Set<String> asked = new TreeSet<>();
        for (Query query : all().toList()) {
            asked.addAll(new PrometheusQueries(prometheus).metrics(Dashboard.filled(query.expression(), variables)));
        }
        asked.removeAll(AFTER_A_FAILURE);
        List<String> known = prometheus.query("group by (__name__) ({__name__=~\".+\"})").stream()
                .map(sample -> sample.labels().get("__name__"))
                .toList();
        assertThat(known).containsAll(asked);
        assertThat(asked).hasSizeGreaterThan(40);
    }

    private void draw() throws Exception {
        Files.createDirectories(PICTURES);
        Map<String, String> shown = new HashMap<>(variables);
        shown.put("namespace", ".*");
        for (Dashboard dashboard : Dashboard.all()) {
            String svg = new DashboardPicture(
                            dashboard,
                            prometheus,
                            dashboard.name().equals("overview") ? shown : variables,
                            Instant.now(),
                            SPAN,
                            text -> text.replace(namespace.name(), "shop"))
                    .draw();
            Files.writeString(PICTURES.resolve("dashboard-%s.svg".formatted(dashboard.name())), svg);
            assertThat(svg).contains(dashboard.title()).contains("<path");
        }
    }
}
