package io.jetwright.operator.report;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.status.Reason;
import io.jetwright.status.SideCondition;
import io.jetwright.status.Truth;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a resource is.
 *
 * @param reason the reason of its conditions
 * @param message for people: what is so, and where something is to be done, what
 * @param side what its kind tells by a condition of its own; empty for most resources
 */
public record Assessment(Reason reason, String message, Optional<SideCondition> side) {
    /** How a resource is that has no condition beside the usual ones. */
    public Assessment(Reason reason, String message) {
        this(reason, message, Optional.empty());
    }

    /** With a condition beside the usual ones. A resource that would be Ready is not, if that condition does not let it. */
    public Assessment with(SideCondition condition) {
        return reason.ready() == Truth.TRUE && condition.reason().isStalled()
                ? new Assessment(condition.reason(), condition.message(), Optional.of(condition))
                : new Assessment(reason, message, Optional.of(condition));
    }

    /**
     * How a resource is whose reconciliation has failed as nobody foresaw.
     *
     * @return empty if Kubernetes has failed, which no status can tell
     */
    public static Optional<Assessment> ofUnforeseen(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof KubernetesClientException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof KubernetesClientException
                ? Optional.empty()
                : Optional.of(new Assessment(
                        Reason.INTERNAL_ERROR,
                        "the operator failed at it, and tries again: %s. Its log has the rest; please report it"
                                .formatted(cause)));
    }

    /** How a resource without fields of JetStream's is when JetStream, or the connection to it, has failed so. */
    public static Assessment of(JetStreamException failure) {
        return of(failure, field -> Optional.empty());
    }

    /**
     * How a resource is when JetStream, or the connection to it, has failed so.
     *
     * @param fields from a name in JetStream's JSON to that in the resource's spec
     */
    public static Assessment of(JetStreamException failure, Function<String, Optional<String>> fields) {
        Reason reason =
                switch (failure) {
                    case JetStreamException.Pending e -> Reason.PENDING;
                    case JetStreamException.Unreachable e -> Reason.UNREACHABLE;
                    case JetStreamException.Unavailable e -> Reason.UNREACHABLE;
                    case JetStreamException.Offline e -> Reason.OFFLINE;
                    case JetStreamException.Insecure e -> Reason.INSECURE;
                    case JetStreamException.Denied e -> Reason.DENIED;
                    case JetStreamException.Disabled e -> Reason.JETSTREAM_DISABLED;
                    case JetStreamException.NoStream e -> Reason.STREAM_NOT_READY;
                    case JetStreamException.Rejected e ->
                        switch (e.meaning()) {
                            case BLOCKED_BY_OBJECT, BLOCKED_BY_CLIENT -> Reason.BLOCKED;
                            default -> Reason.REJECTED;
                        };
                };
        return new Assessment(reason, failure.withCure(fields));
    }
}
