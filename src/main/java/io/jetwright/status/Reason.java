package io.jetwright.status;

import static io.jetwright.status.Truth.FALSE;
import static io.jetwright.status.Truth.TRUE;
import static io.jetwright.status.Truth.UNKNOWN;

/**
 * Why a resource is Ready or not; the reason of its conditions. Those that only a {@link SideCondition} has say of Ready what
 * that condition's status is.
 */
public enum Reason {
    /** JetStream was read, and agrees with this generation. */
    IN_SYNC("InSync", TRUE, TRUE, TRUE, Progress.DONE),
    /** {@code suspend: true}: nothing was read. */
    SUSPENDED("Suspended", UNKNOWN, UNKNOWN, UNKNOWN, Progress.DONE),
    /** {@code managementPolicy: Observe}, and JetStream disagrees. */
    DRIFTED("Drifted", FALSE, FALSE, TRUE, Progress.DONE),
    /** {@code managementPolicy: Observe}, and there is no such object. */
    NOT_FOUND("NotFound", FALSE, FALSE, TRUE, Progress.DONE),
    /** The Stream resource, or the stream, that a Consumer needs is not there yet. */
    STREAM_NOT_READY("StreamNotReady", FALSE, FALSE, FALSE, Progress.GOING_ON),
    /** The Connection that the resource names does not exist, or is not watched. */
    CONNECTION_NOT_FOUND("ConnectionNotFound", FALSE, UNKNOWN, FALSE, Progress.GOING_ON),
    /** The Connection does not allow the resource's namespace. */
    NAMESPACE_NOT_ALLOWED("NamespaceNotAllowed", FALSE, UNKNOWN, FALSE, Progress.STALLED),
    /** A Secret that a Connection names, or that the pods of an EventLogger need, does not exist. */
    SECRET_NOT_FOUND("SecretNotFound", FALSE, UNKNOWN, FALSE, Progress.GOING_ON),
    /** A Secret lacks a key, or holds something else than is expected there. */
    SECRET_INVALID("SecretInvalid", FALSE, UNKNOWN, FALSE, Progress.STALLED),
    /** Kubernetes does not let the operator read what it needs. */
    FORBIDDEN("Forbidden", FALSE, UNKNOWN, FALSE, Progress.STALLED),
    /** Kubernetes does not know a kind that the spec asks for. */
    KIND_NOT_INSTALLED("KindNotInstalled", FALSE, FALSE, TRUE, Progress.GOING_ON),
    /** A Connection is up. */
    CONNECTED("Connected", TRUE, TRUE, TRUE, Progress.DONE),
    /** Something that the resource refers to is not known yet; never reported, since it will be within seconds. */
    PENDING("Pending", FALSE, UNKNOWN, TRUE, Progress.GOING_ON),
    /** A Connection is being deleted, and other resources use it. */
    IN_USE("InUse", FALSE, UNKNOWN, TRUE, Progress.GOING_ON),
    /** The server is not reached, or cannot do it for now; retried for ever. */
    UNREACHABLE("Unreachable", FALSE, UNKNOWN, TRUE, Progress.GOING_ON),
    /** No server leads, or so many of those that keep a copy are away that JetStream can store nothing. */
    NO_QUORUM("NoQuorum", FALSE, TRUE, TRUE, Progress.GOING_ON),
    /** The object belongs to another resource. */
    CONFLICT("Conflict", FALSE, FALSE, TRUE, Progress.STALLED),
    /** The server cannot update a field, and recreatePolicy does not allow a new object. */
    IMMUTABLE("Immutable", FALSE, FALSE, TRUE, Progress.STALLED),
    /** JetStream refuses it because of another object or a client, which may be about to go away. */
    BLOCKED("Blocked", FALSE, FALSE, TRUE, Progress.GOING_ON),
    /** JetStream answered with an error. */
    REJECTED("Rejected", FALSE, FALSE, TRUE, Progress.STALLED),
    /** The server took the update and kept another value. */
    NOT_APPLIED("NotApplied", FALSE, FALSE, TRUE, Progress.STALLED),
    /** TLS does not come about: one side does not trust the other, or only one side speaks it. */
    INSECURE("Insecure", FALSE, UNKNOWN, TRUE, Progress.STALLED),
    /** The credentials, or the permissions that come with them, do not suffice. */
    DENIED("Denied", FALSE, UNKNOWN, TRUE, Progress.STALLED),
    /** The server, or the account, has no JetStream. */
    JETSTREAM_DISABLED("JetStreamDisabled", FALSE, UNKNOWN, TRUE, Progress.STALLED),
    /** JetStream keeps the object, and cannot run it: mostly it takes a newer server. */
    OFFLINE("Offline", FALSE, UNKNOWN, TRUE, Progress.STALLED),
    /** The server is too old for a field. */
    UNSUPPORTED("Unsupported", FALSE, FALSE, TRUE, Progress.STALLED),
    /** All that an EventLogger consists of is there, and its pods are ready. */
    AVAILABLE("Available", TRUE, TRUE, TRUE, Progress.DONE),
    /** An EventLogger's Consumer is not yet Ready. */
    CONSUMER_NOT_READY("ConsumerNotReady", FALSE, TRUE, TRUE, Progress.GOING_ON),
    /** Not all pods of this generation are ready. */
    DEPLOYMENT_NOT_READY("DeploymentNotReady", FALSE, TRUE, TRUE, Progress.GOING_ON),
    /** Kubernetes has given up on the pods. */
    DEPLOYMENT_FAILED("DeploymentFailed", FALSE, TRUE, TRUE, Progress.STALLED),
    /** A Gateway has not yet said whether it accepts an EventLogger's HTTPRoute. */
    HTTP_ROUTE_NOT_READY("HttpRouteNotReady", FALSE, TRUE, TRUE, Progress.GOING_ON),
    /** A Gateway refuses an EventLogger's HTTPRoute, or cannot follow it. */
    HTTP_ROUTE_NOT_ACCEPTED("HttpRouteNotAccepted", FALSE, TRUE, TRUE, Progress.STALLED),
    /** The pods need credentials that are not in their namespace. */
    CREDENTIALS_ELSEWHERE("CredentialsElsewhere", FALSE, UNKNOWN, FALSE, Progress.STALLED),
    /** Neither the resource nor the operator names a container image. */
    IMAGE_UNKNOWN("ImageUnknown", FALSE, UNKNOWN, TRUE, Progress.STALLED),
    /** The operator does not let resources name this container image. */
    IMAGE_NOT_ALLOWED("ImageNotAllowed", FALSE, UNKNOWN, TRUE, Progress.STALLED),
    /** The operator is told not to run EventLoggers. */
    EVENT_LOGGER_DISABLED("EventLoggerDisabled", FALSE, UNKNOWN, UNKNOWN, Progress.STALLED),
    /** A Redrive sends dead letters. */
    REDRIVING("Redriving", FALSE, FALSE, TRUE, Progress.GOING_ON),
    /** A Redrive waits for another one on the same stream. */
    WAITING_FOR_REDRIVE("WaitingForRedrive", FALSE, FALSE, TRUE, Progress.GOING_ON),
    /** A Redrive has ended as it should. */
    REDRIVEN("Redriven", TRUE, TRUE, TRUE, Progress.DONE),
    /** A Redrive has ended, and there was nothing to send. */
    NOTHING_SELECTED("NothingSelected", TRUE, TRUE, TRUE, Progress.DONE),
    /** A Redrive has ended without sending anything, since it may not or cannot. */
    REFUSED("Refused", FALSE, FALSE, TRUE, Progress.STALLED),
    /** A Redrive has stopped, since too many of the messages that it has sent have died again. */
    DEAD_AGAIN("DeadAgain", FALSE, FALSE, TRUE, Progress.STALLED),
    /** A Redrive has ended, and of some dead letters it is not known whether they were sent. */
    UNCERTAIN("Uncertain", FALSE, FALSE, TRUE, Progress.STALLED),
    /** The relay stores the dead letters of a Consumer. */
    RELAYED("Relayed", TRUE, TRUE, TRUE, Progress.DONE),
    /** It does, and some may be lost before anybody has read them. */
    LETTERS_MAY_BE_LOST("LettersMayBeLost", TRUE, TRUE, TRUE, Progress.DONE),
    /** The relay of dead letters has not said anything of this Consumer yet, or it is not known whether it runs. */
    RELAY_UNKNOWN("RelayUnknown", UNKNOWN, TRUE, TRUE, Progress.DONE),
    /** The relay of dead letters does not run. */
    RELAY_NOT_RUNNING("RelayNotRunning", FALSE, TRUE, TRUE, Progress.DONE),
    /** The relay of dead letters cannot store those of this Consumer. */
    NOT_RELAYED("NotRelayed", FALSE, TRUE, TRUE, Progress.DONE),
    /** The Stream resource that is to store dead letters, or its stream, is not there. */
    LETTER_STREAM_NOT_READY("LetterStreamNotReady", FALSE, TRUE, TRUE, Progress.DONE),
    /** Dead letters would come back to the stream that they come from. */
    LETTER_LOOP("LetterLoop", FALSE, TRUE, TRUE, Progress.STALLED),
    /** The stream that is to store dead letters cannot do so. */
    LETTER_STREAM_INVALID("LetterStreamInvalid", FALSE, TRUE, TRUE, Progress.STALLED),
    /** The stream that is to store dead letters does not take them on their subjects. */
    LETTER_SUBJECT_INVALID("LetterSubjectInvalid", FALSE, TRUE, TRUE, Progress.STALLED),
    /** The operator failed at it, as nobody foresaw; its log has the rest. */
    INTERNAL_ERROR("InternalError", FALSE, UNKNOWN, TRUE, Progress.GOING_ON),
    /** A value in the spec cannot be read. */
    INVALID("Invalid", FALSE, FALSE, TRUE, Progress.STALLED),
    /** Being deleted; {@code deletionPolicy: DeleteIfEmpty} waits. */
    WAITING_UNTIL_EMPTY("WaitingUntilEmpty", FALSE, FALSE, TRUE, Progress.GOING_ON);

    private enum Progress {
        DONE,
        GOING_ON,
        STALLED
    }

    private final String word;
    private final Truth ready;
    private final Truth synced;
    private final Truth resolvedRefs;
    private final Progress progress;

    Reason(String word, Truth ready, Truth synced, Truth resolvedRefs, Progress progress) {
        this.word = word;
        this.ready = ready;
        this.synced = synced;
        this.resolvedRefs = resolvedRefs;
        this.progress = progress;
    }

    /** As conditions and events name it. */
    public String word() {
        return word;
    }

    /** Whether JetStream was read and agrees. */
    public Truth ready() {
        return ready;
    }

    /** Whether JetStream is known to have what the spec asks for. */
    public Truth synced() {
        return synced;
    }

    /** Whether all is there that the resource refers to. */
    public Truth resolvedRefs() {
        return resolvedRefs;
    }

    /** Whether the resource is still on its way, in the sense of kstatus. */
    public boolean isReconciling() {
        return progress == Progress.GOING_ON;
    }

    /** Whether only a change of the resource, or of the server, can help, in the sense of kstatus. */
    public boolean isStalled() {
        return progress == Progress.STALLED;
    }
}
