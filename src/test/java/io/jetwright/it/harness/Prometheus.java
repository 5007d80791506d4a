package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Prometheus that scrapes and evaluates its rules each second, and else does what the chart's ServiceMonitors ask for.
 * Registered as an extension, it says what it said when a test has failed, and ends with each test. Where it cannot be had, the
 * test is skipped.
 */
public final class Prometheus extends ManagedProcess implements AfterTestExecutionCallback, AfterEachCallback {
    /** The format that most Prometheus servers prefer. */
    public static final String OPEN_METRICS = "OpenMetricsText1.0.0";

    public static final String TEXT = "PrometheusText0.0.4";

    /** The format that those prefer which take native histograms. */
    public static final String PROTOBUF = "PrometheusProto";

    /** A time series as a query answers it, with its value. */
    public record Sample(Map<String, String> labels, double value) {}

    private final Path program = Programs.provide("prometheus").get(0);
    private final Path directory = Scratch.directory("prometheus");
    private final List<Map<String, Object>> jobs = new ArrayList<>();
    private final List<String> ruleFiles = new ArrayList<>();

    /** Not yet started; it scrapes nothing. */
    public Prometheus() {
        super("Prometheus", Map.of());
    }

    /**
     * Takes effect at the next start.
     *
     * @param job what the label {@code job} is to be; each has a name of its own
     * @param namespace what the label {@code namespace} of series is that have none of their own
     * @param address host and port of what answers at /metrics
     * @param formats that it may answer in, the first one preferred; all that Prometheus knows if there are none
     */
    public Prometheus scrape(String job, String namespace, String address, String... formats) {
        Map<String, Object> config = new LinkedHashMap<>(Map.of(
                "job_name",
                job,
                "honor_labels",
                true,
                "static_configs",
                List.of(Map.of("targets", List.of(address), "labels", Map.of("namespace", namespace)))));
        if (formats.length > 0) {
            config.put("scrape_protocols", List.of(formats));
        }
        jobs.add(config);
        return this;
    }

    /**
     * Takes effect at the next start.
     *
     * @param yaml a rule file, or a PrometheusRule, which has one as its {@code spec}
     */
    public Prometheus rules(String yaml) {
        JsonNode rules = Serialization.unmarshal(yaml, JsonNode.class);
        ruleFiles.add(write("rules-" + ruleFiles.size() + ".yml", rules.has("spec") ? rules.get("spec") : rules));
        return this;
    }

    private String write(String name, Object content) {
        try {
            return Files.writeString(directory.resolve(name), Serialization.asYaml(content))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits until it is ready; what it cannot parse ends it, and fails this. */
    public Prometheus start() {
        Map<String, String> eachSecond =
                Map.of("scrape_interval", "1s", "scrape_timeout", "1s", "evaluation_interval", "1s");
        String config =
                write("prometheus.yml", Map.of("global", eachSecond, "rule_files", ruleFiles, "scrape_configs", jobs));
        started(ChildProcess.start(
                List.of(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=" + address(),
                        "--log.level=warn"),
                Map.of()));
        awaitReadiness("/-/ready");
        return this;
    }

    /** What a query comes to now: an instant vector, or a scalar, which has no labels. */
    public List<Sample> query(String query) throws Exception {
        JsonNode data = api("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        JsonNode result = data.get("result");
        return data.get("resultType").textValue().equals("scalar")
                ? List.of(new Sample(Map.of(), value(result)))
                : list(result).stream()
                        .map(each -> new Sample(labels(each.get("metric")), value(each.get("value"))))
                        .toList();
    }

    /** The value of the only series that a query comes to now; fails if there is none, or another one. */
    public double value(String query) throws Exception {
        List<Sample> samples = query(query);
        assertThat(samples).as(query).hasSize(1);
        return samples.get(0).value();
    }

    /** The labels of the alerts of this name that fire now. */
    public List<Map<String, String>> firing(String alert) throws Exception {
        return query("ALERTS{alertname=\"%s\", alertstate=\"firing\"}".formatted(alert)).stream()
                .map(Sample::labels)
                .toList();
    }

    /** Waits until everything that it scrapes has answered, and was understood. */
    public Prometheus awaitTargets() {
        eventually(() -> {
            assertThat(list(api("targets?state=active").get("activeTargets")))
                    .hasSameSizeAs(jobs)
                    .allSatisfy(target -> assertThat(target.get("health").textValue())
                            .as(target.toString())
                            .isEqualTo("up"));
            // a target is up before its series can be asked for
            assertThat(query("up == 1")).hasSameSizeAs(jobs);
        });
        return this;
    }

    private JsonNode api(String request) throws Exception {
        HttpResponse<String> response = get("/api/v1/" + request);
        assertThat(response.statusCode()).as("%s: %s", request, response.body()).isEqualTo(200);
        return Serialization.unmarshal(response.body(), JsonNode.class).get("data");
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static Map<String, String> labels(JsonNode metric) {
        Map<String, String> labels = new LinkedHashMap<>();
        metric.properties()
                .forEach(each -> labels.put(each.getKey(), each.getValue().textValue()));
        return labels;
    }

    /** Of a time and a value, which is a text since it may be NaN or infinite. */
    private static double value(JsonNode pair) {
        String text = pair.get(1).textValue();
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.err.printf("%s, Prometheus said:%n%s%n", context.getDisplayName(), tail());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }
}
