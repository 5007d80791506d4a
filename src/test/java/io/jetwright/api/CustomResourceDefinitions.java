package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerationInfo;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CustomResourceInfo;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Generates the CRDs, and adds what fabric8's generator has no annotation for. */
final class CustomResourceDefinitions {
    /** A pattern's refusal only quotes the pattern; these rules take its place and say what is expected. */
    private static final Map<String, Rule> RULES = Map.ofEntries(
            entry(Limits.BUCKET, matches(Limits.BUCKET), "must have letters, digits, _ and - only"),
            entry(
                    Durations.PATTERN,
                    matches(Durations.PATTERN) + " && " + Durations.VALUE + " >= duration('0s')",
                    "must be a duration such as 30s, 1h30m, 24h or 7d, and at most 292 years"),
            entry(
                    Times.PATTERN,
                    matches(Times.PATTERN) + " && timestamp(self) > timestamp(0)",
                    "must be a time such as 2026-01-31T12:00:00Z"),
            entry(
                    Limits.TIME_OR_DURATION,
                    "(%s && timestamp(self) > timestamp(0)) || (%s && %s >= duration('0s'))"
                            .formatted(matches(Times.PATTERN), matches(Durations.PATTERN), Durations.VALUE),
                    "must be a time such as 2026-01-31T12:00:00Z, or a duration such as 30m, 2h or 7d"),
            entry(
                    Limits.NAME,
                    matches(Limits.NAME),
                    "must have no spaces and none of . * > / \\, which JetStream allows in no name"),
            entry(
                    Limits.SUBJECT,
                    matches(Limits.SUBJECT) + " && !self.contains('>.')",
                    "must be a subject such as orders.new or orders.>, without spaces and empty tokens"),
            entry(
                    Limits.LITERAL_SUBJECT,
                    matches(Limits.LITERAL_SUBJECT),
                    "must be a subject such as deliver.orders, without spaces, empty tokens and wildcards"),
            entry(
                    Limits.SUBJECT_IN_LIST,
                    matches(Limits.SUBJECT_IN_LIST),
                    "must be a subject such as auth.user.login or auth.user.>, with * and > as whole tokens, and without spaces, commas and empty tokens"),
            entry(
                    Limits.PROTOBUF_MESSAGE,
                    matches(Limits.PROTOBUF_MESSAGE),
                    "must be the full name of a protobuf message, such as auth.UserCreated"),
            entry(Limits.PERCENTAGE, matches(Limits.PERCENTAGE), "must be a percentage from 0 to 100"),
            entry(Limits.GROUP, matches(Limits.GROUP), "must be 1 to 16 of the characters A-Z a-z 0-9 / _ = -"),
            entry(
                    Limits.SERVER,
                    matches(Limits.SERVER),
                    "must be the URL of a NATS server such as nats://nats.example:4222 or tls://nats.example, without commas, and without user and password, which belong into a Secret"),
            entry(
                    Limits.SECRET_KEY,
                    matches(Limits.SECRET_KEY),
                    "must be a key of a Secret: letters, digits, dots, dashes and underscores"),
            entry(Limits.IMAGE, matches(Limits.IMAGE), "must be a container image such as registry.example/app:1.0"),
            entry(Limits.HOST, matches(Limits.HOST), "must be a host name such as events.example.com, without port"),
            entry(
                    Limits.NETWORK,
                    matches(Limits.NETWORK),
                    "must be an IP address such as 192.0.2.1, or a range of them such as 10.0.0.0/8"),
            entry(
                    Limits.PATH,
                    matches(Limits.PATH) + " && self.startsWith('/')",
                    "must be a path such as / or /logger, of letters, digits and . _ ~ -"),
            entry(
                    Limits.VARIABLE,
                    matches(Limits.VARIABLE),
                    "must be the name of an environment variable: letters, digits, dots, dashes and underscores"),
            entry(
                    Limits.ONE_NAMESPACE,
                    matches(Limits.ONE_NAMESPACE),
                    "must be the name of a namespace: lower-case letters, digits and dashes"),
            entry(Limits.NAMESPACE, matches(Limits.NAMESPACE), "must be the name of a namespace, or '*' for all"));

    private static final String NUMBER = "quantity(self).asApproximateFloat()";

    private static final String BYTES = "type(self) == int ? self >= -1 : self.matches(r'" + ByteSize.PATTERN + "')"
            + " && quantity(self).compareTo(quantity('8E')) < 0"
            + " && double(int(" + NUMBER + ")) == " + NUMBER;

    /** The server takes an int32. */
    private static final Rule MESSAGE_SIZE = new Rule(
            "(" + BYTES + ") && quantity(string(self)).compareTo(quantity('" + Integer.MAX_VALUE + "')) <= 0",
            "must be a whole number of bytes below 2Gi, or a size such as 64Ki or 1Mi; -1 for no limit");

    private static final Rule PODS = new Rule(
            "type(self) == int ? self >= 0 : self.matches(r'^[0-9]{1,3}%$')",
            "must be a number of pods, or a percentage such as 50%");

    /** The fields that hold an integer or a text. */
    private static final Map<String, Rule> INTEGERS_OR_TEXTS = Map.of(
            "minAvailable",
            PODS,
            "maxUnavailable",
            PODS,
            "maxBytes",
            new Rule(BYTES, "must be a whole number of bytes, or a size such as 256Mi or 1Gi; -1 for no limit"),
            "maxMsgSize",
            MESSAGE_SIZE,
            "maxValueSize",
            MESSAGE_SIZE,
            "maxRequestMaxBytes",
            new Rule(
                    "(" + BYTES + ") && string(self) != '-1'",
                    "must be a whole number of bytes, or a size such as 64Ki or 1Mi; remove it for no limit"));

    /** The lists whose items have keys, so that the API server refuses two items with the same ones: as in Kubernetes' own kinds. */
    private static final Map<String, List<String>> LIST_KEYS = Map.of(
            "conditions", List.of("type"),
            "env", List.of("name"),
            "imagePullSecrets", List.of("name"),
            "topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable"),
            "types", List.of("subject"));

    private record Rule(String expression, String message) {}

    private CustomResourceDefinitions() {}

    private static Map.Entry<String, Rule> entry(String pattern, String expression, String message) {
        return Map.entry(pattern, new Rule(expression, message));
    }

    private static String matches(String pattern) {
        return "self.matches(r'" + pattern + "')";
    }

    /** The CRDs as YAML, keyed by file name. */
    static SortedMap<String, String> generate(List<Class<? extends CustomResource<?, ?>>> kinds) {
        Map<String, ByteArrayOutputStream> generated = new HashMap<>();
        var generator = new CRDGenerator().withOutput(new CRDGenerator.CRDOutput<ByteArrayOutputStream>() {
            @Override
            public ByteArrayOutputStream outputFor(String crdName) {
                return generated.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
            }

            @Override
            public java.net.URI crdURI(String crdName) {
                return java.net.URI.create("file:///" + crdName);
            }

            @Override
            public void close() {}
        });
        CRDGenerationInfo info = generator
                .customResources(
                        kinds.stream().map(CustomResourceInfo::fromClass).toArray(CustomResourceInfo[]::new))
                .detailedGenerate();
        if (info.numberOfGeneratedCRDs() != kinds.size()) {
            throw new IllegalStateException(
                    "generated " + info.getCRDDetailsPerNameAndVersion().keySet());
        }
        SortedMap<String, String> files = new TreeMap<>();
        generated.forEach((name, bytes) -> {
            var definition =
                    Serialization.unmarshal(bytes.toString(StandardCharsets.UTF_8), CustomResourceDefinition.class);
            var schema = definition.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
            Class<?> kind = kinds.stream()
                    .filter(each -> each.getSimpleName()
                            .equals(definition.getSpec().getNames().getKind()))
                    .findFirst()
                    .orElseThrow();
            sortColumns(definition, kind);
            describe(schema, kind);
            finish(schema, null);
            schema.setRequired(List.of("spec"));
            Objects.requireNonNull(schema.getProperties().get("status"))
                    .setDefault(JsonNodeFactory.instance
                            .objectNode()
                            .put("observedGeneration", JetwrightResource.UNOBSERVED));
            rootRules(definition.getSpec().getNames().getKind()).forEach(rule -> add(schema, rule));
            files.put(
                    definition.getSpec().getGroup() + "_"
                            + definition.getSpec().getNames().getPlural() + ".yaml",
                    "# Generated from io.jetwright.api; to renew: mvn test -Dtest=CustomResourceDefinitionsTest"
                            + " -Dcrds.update=true\n"
                            + Serialization.asYaml(definition));
        });
        return files;
    }

    /** The generator sorts columns by path; people read them in the order in which the class names them. */
    private static void sortColumns(CustomResourceDefinition definition, Class<?> kind) {
        List<String> order = java.util.stream.Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        definition
                .getSpec()
                .getVersions()
                .get(0)
                .getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt(column -> order.indexOf(column.getName())));
    }

    /** What {@code kubectl explain} says of the kind, its spec and its status. */
    private static void describe(JSONSchemaProps schema, Class<?> kind) {
        Type[] specAndStatus = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
        schema.setDescription(description(kind));
        schema.getProperties()
                .forEach((part, child) ->
                        child.setDescription(description(part.equals("spec") ? specAndStatus[0] : specAndStatus[1])));
    }

    private static String description(Type type) {
        return ((Class<?>) type).getAnnotation(JsonClassDescription.class).value();
    }

    /** Rules that look at metadata and spec together, which only the root of the schema sees. */
    private static List<Rule> rootRules(String kind) {
        return switch (kind) {
            case "Stream" -> nameRules("name", "stream");
            case "KeyValue", "ObjectStore" -> nameRules("bucket", "bucket");
            case "Consumer" -> nameRules("durableName", "consumer");
            case "EventLogger" ->
                List.of(
                        new Rule(
                                "self.metadata.name.matches(r'^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$')",
                                "metadata.name must be fit for a Service, which is called the same: up to 63 lower-case letters, digits and dashes, a letter first"));
            default -> List.of();
        };
    }

    private static List<Rule> nameRules(String field, String object) {
        return List.of(
                new Rule(
                        "(has(self.spec.%1$s) ? self.spec.%1$s : self.metadata.name) == (has(oldSelf.spec.%1$s) ?"
                                        .formatted(field)
                                + " oldSelf.spec.%s : oldSelf.metadata.name)".formatted(field),
                        "spec.%s cannot be changed, since JetStream cannot rename a %s: create a new resource, and delete this one"
                                .formatted(field, object)),
                new Rule(
                        "has(self.spec.%s) || !self.metadata.name.contains('.')".formatted(field),
                        "spec.%s is needed, since metadata.name has a dot, which JetStream allows in no name"
                                .formatted(field)));
    }

    private static void finish(JSONSchemaProps schema, @Nullable String name) {
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(
                    schema.getXKubernetesValidations().stream().distinct().toList());
        }
        Rule rule = schema.getPattern() == null ? null : RULES.get(schema.getPattern());
        if (rule != null) {
            schema.setPattern(null);
            add(schema, rule);
        }
        if ("integer".equals(schema.getType()) && schema.getFormat() == null) {
            schema.setFormat("int64");
        }
        if ("conditions".equals(name)) {
            schema.getItems().getSchema().setRequired(List.of("type", "status"));
        }
        List<String> keys = name == null ? null : LIST_KEYS.get(name);
        if (keys != null) {
            key(schema, keys);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().replaceAll((property, child) -> {
                Rule expected = INTEGERS_OR_TEXTS.get(property);
                return expected == null ? child : integerOrText(child, expected);
            });
            schema.getProperties().forEach((property, child) -> finish(child, property));
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            finish(schema.getItems().getSchema(), null);
        }
    }

    /** The API server demands that keys are required. */
    private static void key(JSONSchemaProps list, List<String> keys) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(keys);
        JSONSchemaProps item = list.getItems().getSchema();
        List<String> required = item.getRequired() == null ? List.of() : item.getRequired();
        item.setRequired(java.util.stream.Stream.concat(required.stream(), keys.stream())
                .distinct()
                .toList());
    }

    private static JSONSchemaProps integerOrText(JSONSchemaProps generated, Rule rule) {
        var schema = new JSONSchemaProps();
        schema.setDescription(generated.getDescription());
        schema.setXKubernetesIntOrString(true);
        schema.setAnyOf(List.of(typed("integer"), typed("string")));
        schema.setMaxLength(32L);
        add(schema, rule);
        return schema;
    }

    private static JSONSchemaProps typed(String type) {
        var schema = new JSONSchemaProps();
        schema.setType(type);
        return schema;
    }

    private static void add(JSONSchemaProps schema, Rule rule) {
        List<ValidationRule> rules = new ArrayList<>();
        if (schema.getXKubernetesValidations() != null) {
            rules.addAll(schema.getXKubernetesValidations());
        }
        rules.add(new ValidationRuleBuilder()
                .withRule(rule.expression())
                .withMessage(rule.message())
                .build());
        schema.setXKubernetesValidations(rules);
    }
}
