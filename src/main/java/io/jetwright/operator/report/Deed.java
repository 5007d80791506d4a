package io.jetwright.operator.report;

/**
 * Something that was done, for a Kubernetes Event.
 *
 * @param word the Event's reason
 */
public record Deed(String word, String message) {}
