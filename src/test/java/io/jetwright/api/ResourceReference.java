package io.jetwright.api;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page on one kind: all that its CRD says, in Markdown. */
final class ResourceReference {
    static final String TO_RENEW = "mvn test -Dtest=ResourceReferenceTest -Ddocs.update=true";

    private final CustomResourceDefinition definition;
    private final CustomResourceDefinitionVersion version;
    private final JSONSchemaProps schema;
    private final List<String> undescribed = new ArrayList<>();

    ResourceReference(CustomResourceDefinition definition) {
        this.definition = definition;
        version = definition.getSpec().getVersions().get(0);
        schema = version.getSchema().getOpenAPIV3Schema();
    }

    String fileName() {
        return definition.getSpec().getNames().getSingular() + ".md";
    }

    /** Fields without a description that {@link #page} came across. */
    List<String> undescribed() {
        return undescribed;
    }

    String page() {
        JSONSchemaProps spec = part("spec");
        JSONSchemaProps status = part("status");
        return Stream.of(
                        "<!-- Generated from crds/; to renew: %s -->".formatted(TO_RENEW),
                        "# " + definition.getSpec().getNames().getKind(),
                        description("", schema),
                        names(),
                        "## Spec",
                        description("spec", spec),
                        fields(spec),
                        rules(),
                        "## Status",
                        description("status", status),
                        fields(status),
                        "## Columns",
                        "What `kubectl get` shows, and `kubectl get -o wide`.",
                        columns())
                .filter(part -> !part.isEmpty())
                .collect(joining("\n\n", "", "\n"));
    }

    private JSONSchemaProps part(String name) {
        return Objects.requireNonNull(schema.getProperties().get(name));
    }

    private String names() {
        CustomResourceDefinitionNames names = definition.getSpec().getNames();
        String kubectl = Stream.of(List.of(names.getPlural()), names.getShortNames(), names.getCategories())
                .flatMap(List::stream)
                .map("`%s`"::formatted)
                .collect(joining(", "));
        return table(
                "| | |",
                Stream.of(
                        "| apiVersion | `%s/%s` |"
                                .formatted(definition.getSpec().getGroup(), version.getName()),
                        "| kind | `%s` |".formatted(names.getKind()),
                        "| for `kubectl get` | %s |".formatted(kubectl),
                        "| scope | %s |".formatted(definition.getSpec().getScope())));
    }

    private static String table(String head, Stream<String> rows) {
        String rule =
                "|" + " --- |".repeat((int) head.chars().filter(c -> c == '|').count() - 1);
        return Stream.concat(Stream.of(head, rule), rows).collect(joining("\n"));
    }

    private String fields(JSONSchemaProps object) {
        List<String> rows = new ArrayList<>();
        addRows(rows, "", object);
        return table("| field | value | |", rows.stream());
    }

    private void addRows(List<String> rows, String prefix, JSONSchemaProps object) {
        object.getProperties().forEach((name, field) -> {
            String path = prefix + name;
            boolean isRequired = object.getRequired().contains(name);
            rows.add("| `%s` | %s | %s |"
                    .formatted(
                            path,
                            cell(value(field) + (isRequired ? "; **required**" : "")),
                            cell(description(path, field))));
            JSONSchemaProps item = item(field);
            JSONSchemaProps inner = item == null ? field : item;
            if (!inner.getProperties().isEmpty() && !isOfKubernetes(inner)) {
                addRows(rows, path + (item == null ? "." : "[]."), inner);
            }
        });
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private String description(String path, JSONSchemaProps described) {
        if (described.getDescription() == null) {
            undescribed.add(path);
            return "";
        }
        return escaped(described.getDescription());
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("<", "&lt;").replace("*", "\\*");
    }

    private static @Nullable JSONSchemaProps item(JSONSchemaProps field) {
        return field.getItems() == null ? null : field.getItems().getSchema();
    }

    /** Its types come without descriptions. */
    private static boolean isOfKubernetes(JSONSchemaProps object) {
        return object.getProperties().values().stream().allMatch(field -> field.getDescription() == null);
    }

    /** The type with all that a value has to be, and then what each of its items has to be. */
    private static String value(JSONSchemaProps field) {
        JSONSchemaProps part = part(field);
        String parts = part == null ? "" : limits(part).collect(joining("; "));
        return Stream.of(
                        Stream.of(type(field)),
                        limits(field),
                        Stream.of(parts).filter(text -> !text.isEmpty()).map("each: "::concat))
                .flatMap(texts -> texts)
                .collect(joining("; "));
    }

    /** What a list or a map is of. */
    private static @Nullable JSONSchemaProps part(JSONSchemaProps field) {
        return field.getAdditionalProperties() == null
                ? item(field)
                : field.getAdditionalProperties().getSchema();
    }

    private static Stream<String> limits(JSONSchemaProps field) {
        return Stream.concat(bounds(field), messages(field));
    }

    private static String type(JSONSchemaProps field) {
        if (Boolean.TRUE.equals(field.getXKubernetesIntOrString())) {
            return "integer or string";
        }
        if (!field.getEnum().isEmpty()) {
            return field.getEnum().stream()
                    .map(value -> "`%s`".formatted(value.textValue()))
                    .collect(joining(", "));
        }
        JSONSchemaProps item = item(field);
        if (item != null) {
            return "list of " + many(type(item));
        }
        if (field.getAdditionalProperties() != null) {
            return "map of strings to " + many(type(Objects.requireNonNull(part(field))));
        }
        return !field.getProperties().isEmpty() && isOfKubernetes(field) ? "object, as in Kubernetes" : field.getType();
    }

    /** The name of a type that begins the text, in the plural. */
    private static String many(String value) {
        return value.replaceFirst("^(string|object|integer or string|integer)", "$1s");
    }

    private static Stream<String> bounds(JSONSchemaProps field) {
        return Stream.of(
                        range(field.getMinimum(), field.getMaximum(), ""),
                        range(field.getMinLength(), field.getMaxLength(), " characters"),
                        range(field.getMinItems(), field.getMaxItems(), " items"),
                        range(field.getMinProperties(), field.getMaxProperties(), " entries"))
                .flatMap(List::stream);
    }

    private static List<String> range(@Nullable Number least, @Nullable Number most, String unit) {
        if (least == null && most == null) {
            return List.of();
        }
        if (least == null) {
            return List.of("at most " + plain(most) + unit);
        }
        return List.of((most == null ? "at least " + plain(least) : plain(least) + " to " + plain(most)) + unit);
    }

    private static String plain(@Nullable Number bound) {
        return String.valueOf(Objects.requireNonNull(bound).longValue());
    }

    private static Stream<String> messages(JSONSchemaProps field) {
        return field.getProperties().isEmpty()
                ? field.getXKubernetesValidations().stream()
                        .map(ValidationRule::getMessage)
                        .map(ResourceReference::escaped)
                : Stream.empty();
    }

    /** What is refused when several fields do not fit together. */
    private String rules() {
        Set<String> lines = new LinkedHashSet<>();
        addRules(lines, "", schema);
        addRules(lines, "", part("spec"));
        return lines.isEmpty()
                ? ""
                : lines.stream().collect(joining("\n", "Fields that do not fit together are refused:\n\n", ""));
    }

    private static void addRules(Set<String> lines, String path, JSONSchemaProps object) {
        object.getXKubernetesValidations().stream()
                .map(rule -> "- %s%s".formatted(path.isEmpty() ? "" : "`" + path + "`: ", escaped(rule.getMessage())))
                .forEach(lines::add);
        if (path.isEmpty() && object.getProperties().containsKey("spec")) {
            return;
        }
        object.getProperties().forEach((name, field) -> {
            JSONSchemaProps item = item(field);
            JSONSchemaProps inner = item == null ? field : item;
            if (!inner.getProperties().isEmpty() && !isOfKubernetes(inner)) {
                String prefix = path.isEmpty() ? "" : path + ".";
                addRules(lines, prefix + name + (item == null ? "" : "[]"), inner);
            }
        });
    }

    private String columns() {
        return table(
                "| column | from | |",
                version.getAdditionalPrinterColumns().stream().map(ResourceReference::column));
    }

    private static String column(CustomResourceColumnDefinition column) {
        boolean isWide = column.getPriority() > 0;
        return "| %s | `%s` | %s |".formatted(column.getName(), cell(column.getJsonPath()), isWide ? "`-o wide`" : "");
    }
}
