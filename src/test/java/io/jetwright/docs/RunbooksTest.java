package io.jetwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Each alert of the chart has a runbook, and each runbook an alert. */
class RunbooksTest {
    private static final Path CHART = Path.of("helm/jetwright");

    private static List<String> names(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> alerts() throws IOException {
        return names(CHART.resolve("templates/prometheusrule.yaml"), "^ *- alert: (\\w+)$");
    }

    @Test
    void eachAlertHasASectionOfItsNameAndEachSectionAnAlert() throws IOException {
        assertThat(names(Path.of("docs/guides/runbooks.md"), "^## (.+)$"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(alerts());
    }

    @Test
    void eachSectionSaysWhatItMeansWhatToLookAtAndWhatToDo() throws IOException {
        String[] sections = Files.readString(Path.of("docs/guides/runbooks.md")).split("(?m)^## ");
        assertThat(sections).hasSizeGreaterThan(1);
        assertThat(List.of(sections).subList(1, sections.length)).allSatisfy(section -> assertThat(section)
                .contains("**What it means.**", "**What to look at.**", "**What to do.**"));
    }

    @Test
    void theGuideAndTheChartsReadmeLeadToEach() throws IOException {
        String link = "runbooks\\.md#(jetwright\\w+)\\)";
        List<String> anchors =
                alerts().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        assertThat(names(Path.of("docs/guides/operations.md"), link)).containsExactlyInAnyOrderElementsOf(anchors);
        assertThat(names(CHART.resolve("README.md"), link)).containsExactlyInAnyOrderElementsOf(anchors);
    }

    @Test
    void theGuideToWhatToWatchHasEachBesideItsNumber() throws IOException {
        assertThat(names(Path.of("docs/guides/what-to-watch.md"), "`(Jetwright\\w+)`"))
                .containsAll(alerts())
                .isSubsetOf(alerts());
    }

    @Test
    void theAddressOfTheRunbooksIsInTheRepositoryThatTheChartNames() throws IOException {
        Map<?, ?> chart = read("Chart.yaml");
        assertThat(read("values.yaml").get("prometheusRule"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .extractingByKey("runbookUrl")
                .isEqualTo(chart.get("home") + "/blob/main/docs/guides/runbooks.md#");
    }

    private static Map<?, ?> read(String file) throws IOException {
        return Serialization.unmarshal(Files.readString(CHART.resolve(file)), Map.class);
    }
}
