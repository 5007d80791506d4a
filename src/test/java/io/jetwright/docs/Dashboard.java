package io.jetwright.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of the chart's dashboards.
 *
 * @param name that of its file, without the extension
 */
public record Dashboard(String name, JsonNode json) {
    public static final Path FOLDER = Path.of("helm/jetwright/files/dashboards");

    /** A variable in a query, such as {@code $namespace}. */
    static final Pattern VARIABLE = Pattern.compile("[$][{]?([A-Za-z_]\\w*)");

    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    /** What a panel shows of one query. */
    public record Target(JsonNode json) {
        /** In PromQL, but for the variables. */
        public String expression() {
            return json.path("expr").asText();
        }

        /** With labels as {@code {{name}}}; empty in a table. */
        public String legend() {
            return json.path("legendFormat").asText();
        }

        /** The same with what the labels are of a time series. */
        public String legend(Map<String, String> labels) {
            return LABEL.matcher(legend())
                    .replaceAll(found -> Matcher.quoteReplacement(labels.getOrDefault(found.group(1), "")));
        }
    }

    /** A panel that is no row. */
    public record Panel(JsonNode json) {
        public String title() {
            return json.path("title").asText();
        }

        public String type() {
            return json.path("type").asText();
        }

        public String unit() {
            return json.at("/fieldConfig/defaults/unit").asText();
        }

        /** The columns of a table by their names in the answers, in their order; empty in other panels. */
        public List<String> columns() {
            List<String> columns = new ArrayList<>();
            for (JsonNode each : json.path("transformations")) {
                each.at("/options/indexByName").fieldNames().forEachRemaining(columns::add);
            }
            return columns;
        }

        /** The labels by which it tells answers from each other. */
        private Set<String> labels(Target target) {
            return Stream.concat(
                            columns().stream().filter(column -> !column.startsWith("Value")),
                            LABEL.matcher(target.legend()).results().map(found -> found.group(1)))
                    .collect(Collectors.toSet());
        }

        public List<Target> targets() {
            return children(json.path("targets")).map(Target::new).toList();
        }
    }

    /**
     * A query with the place that it is from.
     *
     * @param labels those by which its answers are told from each other
     */
    public record Query(String where, String expression, Set<String> labels) {
        @Override
        public String toString() {
            return where + ": " + expression;
        }
    }

    /** A query with these values of variables in it. */
    public static String filled(String query, Map<String, String> variables) {
        return VARIABLE.matcher(query)
                .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())));
    }

    /** All that the chart has. */
    public static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Dashboard::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            String name = file.getFileName().toString().replaceFirst("[.]json$", "");
            return new Dashboard(name, Serialization.unmarshal(Files.readString(file), JsonNode.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> children(JsonNode node) {
        return node.valueStream();
    }

    public String title() {
        return json.path("title").asText();
    }

    /** What is in the array at this place, such as {@code /panels}, rows among them. */
    public List<JsonNode> nodes(String path) {
        return children(json.at(path)).toList();
    }

    public List<Panel> panels() {
        return nodes("/panels").stream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .map(Panel::new)
                .toList();
    }

    /** Those of all panels. */
    public List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (Panel panel : panels()) {
            panel.targets()
                    .forEach(target -> queries.add(
                            new Query(title() + " / " + panel.title(), target.expression(), panel.labels(target))));
        }
        return queries;
    }

    /** The queries that the texts tell their readers to ask: the paragraphs of the blocks that say {@code promql}. */
    public static List<Query> documented() {
        return MarkdownFile.all().stream()
                .flatMap(file -> file.blocks().stream()
                        .filter(block -> block.info().equals("promql"))
                        .flatMap(block -> Stream.of(block.text().split("\n\n"))
                                .map(query -> new Query(file + ":" + block.line(), query.strip(), Set.of()))))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
