package io.jetwright.operator.connection;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.jetwright.api.AllowedNamespaces;
import io.jetwright.api.Connection;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Whether the resources of a namespace may use a Connection; a pure function. */
final class Admission {
    private Admission() {}

    /**
     * Decides.
     *
     * @param labels what is known of a namespace's labels; asked only if it makes a difference
     * @return empty when they may
     */
    static Optional<Route> obstacle(Connection connection, String namespace, Function<String, NamespaceLabels> labels) {
        AllowedNamespaces allowed = connection.getSpec().allowedNamespaces();
        if (namespace.equals(connection.getMetadata().getNamespace())) {
            return Optional.empty();
        }
        List<String> names =
                allowed == null ? List.of() : Objects.requireNonNullElse(allowed.names(), List.<String>of());
        if (names.contains("*") || names.contains(namespace)) {
            return Optional.empty();
        }
        LabelSelector selector = allowed == null ? null : allowed.selector();
        if (selector == null) {
            return Optional.of(refused(connection, namespace));
        }
        return switch (labels.apply(namespace)) {
            case NamespaceLabels.Known known ->
                matches(selector, known.labels()) ? Optional.empty() : Optional.of(refused(connection, namespace));
            case NamespaceLabels.Forbidden forbidden ->
                Optional.of(new Route.Closed(
                        Reason.FORBIDDEN,
                        "the operator may not %s, which spec.allowedNamespaces.selector of the Connection %s needs: give it list and watch by a ClusterRole and a ClusterRoleBinding"
                                .formatted(
                                        forbidden.permission(),
                                        connection.getMetadata().getName())));
            case NamespaceLabels.Unread unread -> Optional.of(new Route.Pending());
        };
    }

    private static Route.Closed refused(Connection connection, String namespace) {
        return new Route.Closed(
                Reason.NAMESPACE_NOT_ALLOWED,
                "the Connection %s in namespace %s does not allow namespace %s: add it to its spec.allowedNamespaces, or name another Connection"
                        .formatted(
                                connection.getMetadata().getName(),
                                connection.getMetadata().getNamespace(),
                                namespace));
    }

    static boolean matches(LabelSelector selector, Map<String, String> labels) {
        Map<String, String> wanted = Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
        List<LabelSelectorRequirement> requirements =
                Objects.requireNonNullElse(selector.getMatchExpressions(), List.of());
        return wanted.entrySet().stream().allMatch(each -> each.getValue().equals(labels.get(each.getKey())))
                && requirements.stream().allMatch(each -> matches(each, labels));
    }

    private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        List<String> values = Objects.requireNonNullElse(requirement.getValues(), List.of());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
