package io.jetwright.operator.pods;

import io.jetwright.status.Reason;
import java.util.Optional;

/** What the pods of a resource are made of besides its spec, as far as it is known. */
public sealed interface PodInputs {
    /**
     * All of it is known.
     *
     * @param stream its name in JetStream; empty where the spec names none
     * @param conflict why no pods may run, for people: the stream belongs to somebody else; empty if they may
     */
    record Resolved(String stream, PodImage image, PodAccess access, Optional<String> conflict) implements PodInputs {}

    /**
     * Something is missing, or not allowed; only a change of a resource or of the operator's configuration helps.
     *
     * @param message says what, and what to do
     */
    record Blocked(Reason reason, String message) implements PodInputs {}

    /** A Secret or a Connection is being read, and nothing is known yet. */
    record Pending() implements PodInputs {}
}
