package io.jetwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.docs.Dashboard.Panel;
import io.jetwright.docs.Dashboard.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart's dashboards say what they show, and name nothing that is not there. What their queries answer, DashboardsIT asks. */
class DashboardsTest {
    private static final int COLUMNS = 24;

    /** Those of Grafana's units that are used; it takes others, too, and shows them behind the number. */
    private static final Set<String> UNITS =
            Set.of("short", "none", "bytes", "s", "mps", "reqps", "ops", "percentunit");

    /** Of Grafana itself. */
    private static final Set<String> BUILT_IN = Set.of("__rate_interval");

    private static final Pattern OTHER_DASHBOARD = Pattern.compile("\"/d/([\\w-]+)");

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    private static List<String> texts(List<JsonNode> nodes, String field) {
        return nodes.stream().map(node -> node.path(field).asText()).toList();
    }

    @Test
    void eachHasANameOfItsOwn() {
        List<JsonNode> all = dashboards().stream().map(Dashboard::json).toList();
        assertThat(dashboards()).extracting(Dashboard::name).containsExactly("operator", "overview", "stream");
        assertThat(texts(all, "uid")).doesNotHaveDuplicates().allMatch(uid -> uid.startsWith("jetwright-"));
        assertThat(texts(all, "title")).doesNotHaveDuplicates().allMatch(title -> title.startsWith("Jetwright: "));
        assertThat(texts(all, "description")).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void eachPanelSaysWhatItShows(Dashboard dashboard) {
        assertThat(texts(dashboard.nodes("/panels"), "id")).doesNotHaveDuplicates();
        assertThat(texts(dashboard.nodes("/panels"), "title")).noneMatch(String::isBlank);
        assertThat(dashboard.panels()).hasSizeGreaterThan(10).allSatisfy(panel -> {
            assertThat(panel.json().path("description").asText())
                    .as(panel.title())
                    .endsWith(".");
            assertThat(panel.unit()).as(panel.title()).isIn(UNITS);
            assertThat(panel.type()).as(panel.title()).isIn("stat", "bargauge", "table", "timeseries");
            assertThat(panel.targets()).as(panel.title()).isNotEmpty().allSatisfy(target -> check(panel, target));
            assertThat(panel.targets())
                    .extracting(target -> target.json().path("refId").asText())
                    .doesNotHaveDuplicates();
        });
    }

    private static void check(Panel panel, Target target) {
        assertThat(target.expression()).isNotBlank();
        boolean isTable = panel.type().equals("table");
        assertThat(target.legend().isBlank())
                .as("without a legend: " + panel.title())
                .isEqualTo(isTable);
        // else Grafana asks for the whole time, and shows each point of it as a row
        assertThat(target.json().path("instant").asBoolean())
                .as("instant: " + panel.title())
                .isEqualTo(!panel.type().equals("timeseries"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void noPanelIsInTheWayOfAnother(Dashboard dashboard) {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : dashboard.nodes("/panels")) {
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            assertThat(right).isLessThanOrEqualTo(COLUMNS);
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell = x + " " + (place.path("y").asInt() + y);
                    assertThat(taken.add(cell))
                            .as("%s at %s", panel.path("title"), cell)
                            .isTrue();
                }
            }
        }
    }

    /** Grafana shows nothing, and says nothing, where a variable is not there. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void theVariablesAreThoseThatTheQueriesHave(Dashboard dashboard) {
        List<JsonNode> variables = dashboard.nodes("/templating/list");
        Set<String> used = Stream.concat(
                        dashboard.queries().stream().map(Dashboard.Query::expression),
                        variables.stream()
                                .map(variable -> variable.at("/query/query").asText()))
                .flatMap(query -> Dashboard.VARIABLE.matcher(query).results())
                .map(found -> found.group(1))
                .filter(name -> !BUILT_IN.contains(name))
                .collect(Collectors.toSet());
        used.add("datasource");
        assertThat(texts(variables, "name")).containsExactlyInAnyOrderElementsOf(used);
        assertThat(texts(variables, "label")).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void whereTheDataAreIsChosenByItsUser(Dashboard dashboard) {
        List<JsonNode> sources = Stream.concat(
                        dashboard.panels().stream().map(Panel::json),
                        dashboard.nodes("/templating/list").stream()
                                .filter(variable ->
                                        variable.path("type").asText().equals("query")))
                .toList();
        assertThat(sources).isNotEmpty().allSatisfy(source -> assertThat(
                        source.at("/datasource/uid").asText())
                .isEqualTo("${datasource}"));
        assertThat(dashboard.nodes("/templating/list").get(0).path("type").asText())
                .isEqualTo("datasource");
    }

    @Test
    void linksLeadToDashboardsThatThereAre() {
        Set<String> linked = dashboards().stream()
                .flatMap(dashboard ->
                        OTHER_DASHBOARD.matcher(dashboard.json().toString()).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(texts(dashboards().stream().map(Dashboard::json).toList(), "uid"))
                .containsAll(linked);
        assertThat(linked).isNotEmpty();
    }
}
