package io.jetwright.jetstream;

/** Counts the requests to JetStream. */
@FunctionalInterface
public interface Requests {
    /**
     * A request is over.
     *
     * @param object {@code stream} or {@code consumer}
     * @param verb the API's, such as {@code info} or {@code create}
     * @param outcome {@code ok}, {@code rejected} (answered with an error) or {@code failed} (not answered)
     * @param nanoseconds how long it took
     */
    void sent(String object, String verb, String outcome, long nanoseconds);
}
