package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Promtool;
import io.jetwright.it.harness.TestNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics that the guide to operating, the chart's alerts and its dashboard name are those that there are. */
class DocumentedMetricsIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    /** There from the first failure on, which no test can cause from outside. */
    private static final String AFTER_A_FAILURE = "operator_sdk_reconciliations_failed_total";

    private static final Pattern NAME = Pattern.compile(
            "\\b(?:jetwright_jetstream_requests_|jetwright_resources|operator_sdk_|process_|jvm_)[a-z_]*[a-z]\\b(?![*_])");

    private final TestNamespace namespace = installation.namespace();

    @Test
    void theyAreThere() throws Exception {
        var texts = new StringBuilder();
        for (String file : List.of(
                "docs/guides/operations.md",
                "helm/jetwright/templates/prometheusrule.yaml",
                "helm/jetwright/files/dashboards/operator.json")) {
            texts.append(Files.readString(Path.of(file)));
        }
        List<String> names = NAME.matcher(texts.toString().replace("<kind>", "stream"))
                .results()
                .map(match -> match.group())
                .distinct()
                .filter(name -> !name.equals(AFTER_A_FAILURE))
                .toList();
        assertThat(names).hasSizeGreaterThan(5);
        namespace.applyReady(stream("orders", "subjects: [orders.>]"));

        eventually(
                () -> assertThat(installation.operator().get("/metrics").body().lines())
                        .extracting(line -> line.replaceFirst("[{ ].*", ""))
                        .containsAll(names));
    }

    @Test
    void aStreamAndItsConsumerAreMeasuredAsLongAsTheyAreThere() throws Exception {
        namespace.applyReady(stream("measured", "{name: MEASURED, subjects: [measured.>]}"));
        var jetStream = new JetStreamApi(installation.nats());
        jetStream.publish("measured.a", 2);
        var worker = namespace.applyReady(consumer("worker", "streamRef: {name: measured}"));
        String pending =
                "jetwright_consumer_num_pending{connection=\"\",consumer=\"worker\",name=\"worker\",namespace=\"%s\",stream=\"MEASURED\"} 2.0"
                        .formatted(namespace.name());

        eventually(
                () -> assertThat(installation.operator().get("/metrics").body().lines())
                        .contains(pending)
                        .anyMatch(line -> line.startsWith("jetwright_stream_total_messages{")));
        assertThat(Promtool.faults(installation.operator().get("/metrics").body()))
                .isEmpty();

        namespace.delete(worker);
        eventually(
                () -> assertThat(installation.operator().get("/metrics").body()).doesNotContain("name=\"worker\""));
    }

    @Test
    void eachSaysWhatItIs() throws Exception {
        namespace.applyReady(stream("described", "subjects: [described.>]"));
        assertThat(Promtool.faults(installation.operator().get("/metrics").body()))
                .isEmpty();
    }

    @Test
    void whatIsWrongIsComplainedOf() {
        assertThat(Promtool.faults("# HELP requests Requests\n# TYPE requests counter\nrequests 1\n"))
                .singleElement()
                .asString()
                .contains("requests", "_total");
        assertThat(Promtool.faults("no metrics\n")).isNotEmpty();
    }
}
