package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.it.harness.Helm;
import io.jetwright.it.harness.Programs;
import io.jetwright.it.harness.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart's alerts, by promtool: when they fire, and when they are silent. {@code src/test/resources/alerts} has the series. */
class AlertRulesIT {
    private static final Path TESTS = Path.of("src/test/resources/alerts");
    private static final Path VALUES = Path.of(Helm.CHART, "values.yaml");

    private final Helm helm = Helm.alone();

    private JsonNode spec(String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("--set=prometheusRule.enabled=true", "--show-only", "templates/prometheusrule.yaml"));
        arguments.addAll(List.of(settings));
        String rendered = helm.template("jetwright", "jetwright", arguments.toArray(String[]::new));
        return Serialization.unmarshal(rendered, JsonNode.class).get("spec");
    }

    private static Map<String, JsonNode> alerts(JsonNode spec) {
        return spec.findParents("alert").stream()
                .collect(Collectors.toMap(
                        rule -> rule.get("alert").textValue(), rule -> rule, (one, other) -> one, TreeMap::new));
    }

    private static void promtool(Path folder, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Programs.provide("promtool").get(0).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    static List<String> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** With what each alert is compared by labels alone, so that only the file of that name has to spell out texts. */
    @ParameterizedTest
    @MethodSource("tests")
    void theyFireWhenTheyMustAndElseAreSilent(String file) throws Exception {
        Path folder = Scratch.directory("alerts");
        JsonNode annotated = spec();
        Files.writeString(folder.resolve("annotated.yaml"), Serialization.asYaml(annotated));
        JsonNode rules = annotated.deepCopy();
        rules.findParents("annotations").forEach(rule -> ((ObjectNode) rule).remove("annotations"));
        Files.writeString(folder.resolve("rules.yaml"), Serialization.asYaml(rules));
        Files.copy(TESTS.resolve(file), folder.resolve(file));

        promtool(folder, "check", "rules", "--lint-fatal", "annotated.yaml");
        promtool(folder, "test", "rules", file);
    }

    @Test
    void eachIsTestedFiringAndSilent() throws IOException {
        List<String> firing = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (String file : tests()) {
            Serialization.unmarshal(Files.readString(TESTS.resolve(file)), JsonNode.class)
                    .findParents("alertname")
                    .forEach(test -> (test.get("exp_alerts").isEmpty() ? silent : firing)
                            .add(test.get("alertname").textValue()));
        }
        assertThat(alerts(spec()).keySet())
                .hasSameElementsAs(firing)
                .hasSameElementsAs(silent)
                .isNotEmpty();
    }

    @Test
    void eachValueIsUsedByItsAlert() throws IOException {
        ObjectNode values = Serialization.unmarshal(Files.readString(VALUES), ObjectNode.class);
        JsonNode settings = values.path("prometheusRule").path("alerts");
        settings.forEach(alert -> alert.properties().stream()
                .filter(value -> !value.getValue().isBoolean())
                .forEach(value -> value.setValue(another(value.getKey(), value.getValue()))));
        Path file = Scratch.directory("values").resolve("values.yaml");
        Files.writeString(file, Serialization.asYaml(values));

        Map<String, JsonNode> before = alerts(spec());
        Map<String, JsonNode> after = alerts(spec("--values=" + file));

        assertThat(after).hasSize(settings.size());
        settings.properties().forEach(alert -> {
            JsonNode rule = rule(after, name(alert.getKey()));
            alert.getValue().properties().stream()
                    .filter(value -> !value.getValue().isBoolean())
                    .forEach(value -> {
                        assertThat(rule.toString())
                                .as("%s.%s", alert.getKey(), value.getKey())
                                .contains(value.getValue().asText());
                        assertThat(rule(before, name(alert.getKey())).toString())
                                .doesNotContain(value.getValue().asText());
                    });
        });
    }

    private static JsonNode another(String value, JsonNode before) {
        return before.isNumber()
                ? IntNode.valueOf(77)
                : TextNode.valueOf(
                        switch (value) {
                            case "for" -> "71m";
                            case "window" -> "73m";
                            default -> "page";
                        });
    }

    /** Of an alert by its key in the values. */
    private static String name(String key) {
        return "Jetwright" + key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }

    @Test
    void eachCanBeSwitchedOff() throws IOException {
        JsonNode settings = Serialization.unmarshal(Files.readString(VALUES), JsonNode.class)
                .path("prometheusRule")
                .path("alerts");
        assertThat(settings.properties()).allSatisfy(alert -> assertThat(
                        alerts(spec("--set=prometheusRule.alerts.%s.enabled=false".formatted(alert.getKey())))
                                .keySet())
                .hasSize(settings.size() - 1)
                .doesNotContain(name(alert.getKey())));
    }

    @Test
    void withoutTheRelayNoAlertGoesByIt() {
        assertThat(alerts(spec("--set=deadLetters.enabled=false")))
                .doesNotContainKey("JetwrightDeadLettersWait")
                .hasSize(alerts(spec()).size() - 1);
    }

    private static JsonNode rule(Map<String, JsonNode> rules, String alert) {
        return Objects.requireNonNull(rules.get(alert), alert);
    }

    @Test
    void aRunbookIsWhereItsAddressIsSetTo() {
        assertThat(rule(alerts(spec("--set=prometheusRule.runbookUrl=https://wiki.example/")), "JetwrightNobodyPulls")
                        .at("/annotations/runbook_url")
                        .textValue())
                .isEqualTo("https://wiki.example/jetwrightnobodypulls");
    }

    @ParameterizedTest
    @CsvSource({
        "redeliveries.redelivered=0, redelivered",
        "streamNearLimit.percent=101, percent",
        "nobodyPulls.window=soon, window",
        "down.for=5, for",
        "noSuchAlert.enabled=true, noSuchAlert",
        "down.pending=5, pending"
    })
    void whatMakesNoSenseIsRefused(String setting, String named) {
        Helm.Result result = helm.tryTo(List.of(
                "template",
                "jetwright",
                Helm.CHART,
                "--set",
                "prometheusRule.alerts." + setting,
                "--kube-version",
                "1.36.0"));

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains("prometheusRule", named);
    }
}
