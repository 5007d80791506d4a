package io.jetwright.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a Prometheus makes of queries beside their values of now. */
public final class PrometheusQueries {
    /** A value at a time in seconds since 1970. */
    public record Point(double time, double value) {}

    /** A time series as a query answers it for a span of time. */
    public record Series(Map<String, String> labels, List<Point> points) {}

    private final Prometheus prometheus;

    public PrometheusQueries(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    /**
     * What a query comes to in a span of time.
     *
     * @param step seconds from one point to the next
     */
    public List<Series> range(String query, Instant start, Instant end, long step) throws Exception {
        JsonNode data = ask(
                "query_range",
                "query=%s&start=%d&end=%d&step=%d"
                        .formatted(encoded(query), start.getEpochSecond(), end.getEpochSecond(), step));
        List<Series> all = new ArrayList<>();
        for (JsonNode each : data.get("result")) {
            Map<String, String> labels = new LinkedHashMap<>();
            each.get("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().textValue()));
            List<Point> points = new ArrayList<>();
            for (JsonNode pair : each.get("values")) {
                String value = pair.get(1).textValue().replace("Inf", "Infinity");
                points.add(new Point(pair.get(0).doubleValue(), Double.parseDouble(value)));
            }
            all.add(new Series(labels, points));
        }
        return all;
    }

    /** The metrics that a query names, as Prometheus parses it; fails if it cannot. */
    public Set<String> metrics(String query) throws Exception {
        Set<String> names = new TreeSet<>();
        collect(ask("parse_query", "query=" + encoded(query)), names);
        return names;
    }

    private static void collect(JsonNode tree, Set<String> names) {
        String name = tree.path("name").asText();
        if (tree.path("type").asText().equals("vectorSelector") && !name.isEmpty()) {
            names.add(name);
        }
        tree.forEach(child -> collect(child, names));
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private JsonNode ask(String what, String parameters) throws Exception {
        HttpResponse<String> response = prometheus.get("/api/v1/" + what + "?" + parameters);
        assertThat(response.statusCode())
                .as("%s: %s", parameters, response.body())
                .isEqualTo(200);
        return Serialization.unmarshal(response.body(), JsonNode.class).get("data");
    }
}
