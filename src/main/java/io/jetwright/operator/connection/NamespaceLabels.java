package io.jetwright.operator.connection;

import java.util.Map;

/** What is known of a namespace's labels. */
sealed interface NamespaceLabels {
    /** They were read; none if there is no such namespace. */
    record Known(Map<String, String> labels) implements NamespaceLabels {}

    /**
     * They may not be read.
     *
     * @param permission what the operator lacks
     */
    record Forbidden(String permission) implements NamespaceLabels {}

    /** The answer is on its way. */
    record Unread() implements NamespaceLabels {}
}
