package io.jetwright.jetstream;

/** Is told about the requests to JetStream, to count them. Called by the threads that sent them. */
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
