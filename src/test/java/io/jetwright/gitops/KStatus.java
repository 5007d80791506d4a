package io.jetwright.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Flux and other users of kstatus make of a custom resource: the rules of {@code status.Compute} of
 * sigs.k8s.io/cli-utils/pkg/kstatus (README.md and generic.go there) that do not concern Kubernetes' own kinds.
 */
public enum KStatus {
    IN_PROGRESS,
    FAILED,
    CURRENT,
    TERMINATING;

    /** The status of anything that has the form of a resource as JSON. */
    public static KStatus of(Object resource) {
        JsonNode json = Serialization.unmarshal(Serialization.asJson(resource), JsonNode.class);
        if (!json.at("/metadata/deletionTimestamp").asText("").isEmpty()) {
            return TERMINATING;
        }
        JsonNode generation = json.at("/metadata/generation");
        JsonNode observed = json.at("/status/observedGeneration");
        if (generation.isNumber() && observed.isNumber() && generation.longValue() != observed.longValue()) {
            return IN_PROGRESS;
        }
        return conditions(json)
                .flatMap(condition -> ofAbnormal(condition).stream())
                .findFirst()
                .or(() -> conditions(json)
                        .flatMap(condition -> ofReady(condition).stream())
                        .findFirst())
                .orElse(CURRENT);
    }

    private static Stream<JsonNode> conditions(JsonNode resource) {
        return resource.at("/status/conditions").valueStream();
    }

    /** The first condition that decides does, in the order in which they stand. */
    private static Optional<KStatus> ofAbnormal(JsonNode condition) {
        if (!is(condition, "status", "True")) {
            return Optional.empty();
        }
        if (is(condition, "type", "Reconciling")) {
            return Optional.of(IN_PROGRESS);
        }
        return is(condition, "type", "Stalled") ? Optional.of(FAILED) : Optional.empty();
    }

    private static Optional<KStatus> ofReady(JsonNode condition) {
        if (!is(condition, "type", "Ready")) {
            return Optional.empty();
        }
        return switch (condition.path("status").asText()) {
            case "True" -> Optional.of(CURRENT);
            case "False", "Unknown" -> Optional.of(IN_PROGRESS);
            default -> Optional.empty();
        };
    }

    private static boolean is(JsonNode condition, String field, String value) {
        return condition.path(field).asText().equals(value);
    }
}
