package io.jetwright.jetstream;

/** What users can do about the errors that JetStream answers with. */
final class Cures {
    private Cures() {}

    /**
     * The cure for an error.
     *
     * @param code the {@code err_code} of nats-server's {@code errors.json}
     * @return a sentence without its full stop, to follow the server's text; empty if that text is enough
     */
    static String of(int code) {
        return switch (code) {
            case 10101 -> "Set deliverPolicy: all (or remove it): a workqueue stream hands every message to one worker";
            case 10099, 10100 ->
                "On a workqueue stream the filters of two consumers must not overlap: give each consumer a filterSubject"
                        + " of its own, or share one consumer among the workers";
            case 10084, 10098 -> "Set ackPolicy: explicit, which a workqueue stream needs";
            case 10034 -> "The stream in JetStream is a mirror: name its origin in spec.mirror, or delete it first";
            case 10065 -> "Another stream captures some of these subjects: change spec.subjects of one of them";
            case 10074 -> "This server is not part of a cluster: set replicas: 1, or run a cluster";
            case 10005 -> "The cluster has too few fitting servers: lower replicas, or loosen placement";
            case 10002, 10023, 10047, 10028 ->
                "Lower maxBytes or replicas, or raise the server's or the account's storage limits";
            case 10113 -> "Set maxBytes, which this account requires";
            case 10122 -> "Lower maxBytes, or raise the account's limit";
            case 10026 ->
                "Raise maxConsumers of the stream, or the account's limit, or delete a consumer that is no longer needed";
            case 10027 -> "Raise the account's limit, or delete what is no longer needed";
            case 10069 -> "Change those consumers first, or loosen consumerLimits";
            case 10121 ->
                "Lower maxAckPending, or raise the stream's consumerLimits.maxAckPending or the account's limit";
            case 10153 -> "Lower inactiveThreshold, or raise the stream's consumerLimits.inactiveThreshold";
            case 10082 ->
                "Set ackPolicy: explicit, or remove maxAckPending, which may also come from the stream's consumerLimits";
            case 10081 -> "Choose a deliverSubject that the stream does not capture";
            case 10138 -> "Remove those filterSubjects that another one includes";
            case 10140 -> "Name each stream once in spec.sources, and give it several subjectTransforms";
            case 10013 ->
                "Stop the clients that are subscribed to the old deliverSubject, or set recreatePolicy: Always";
            case 10116 -> "Raise maxDeliver, or shorten backoff";
            case 10123 -> "Change placement and replicas one after the other";
            case 10124 -> "The stream is being moved; the next reconciliation tries again";
            default -> "";
        };
    }
}
