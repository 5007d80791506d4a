package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A row of a table of fields: a spec in YAML, and the JSON that it becomes in JetStream.
 *
 * @param spec with a field, or with fields that need each other
 * @param json without what does not depend on these fields
 */
record FieldRow(String spec, String json) {
    /** The rows of a table that has one in each line, with a bar between spec and JSON. */
    static List<FieldRow> table(String text) {
        return text.lines()
                .map(line -> line.split(" \\| ", 2))
                .map(cells -> new FieldRow(cells[0].strip(), cells[1].strip()))
                .toList();
    }

    /** The fields that the rows have, with those inside them, such as {@code mirror.name}. */
    static Set<String> paths(List<FieldRow> rows) {
        Set<String> paths = new TreeSet<>();
        rows.forEach(row -> collect("", Specs.read(row.spec(), JsonNode.class), paths));
        return paths;
    }

    private static void collect(String prefix, JsonNode value, Set<String> paths) {
        value.properties().forEach(field -> {
            String path = prefix + field.getKey();
            paths.add(path);
            collect(path + ".", field.getValue(), paths);
        });
        if (value.isArray()) {
            value.forEach(item -> collect(prefix, item, paths));
        }
    }

    /** As the report of a test names the case. */
    @Override
    public String toString() {
        return spec;
    }
}
