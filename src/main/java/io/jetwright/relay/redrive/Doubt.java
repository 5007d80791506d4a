package io.jetwright.relay.redrive;

import java.time.Duration;

/** What is done about a dead letter that may have been sent. */
enum Doubt {
    /** It was sent, and only has to be removed. */
    SENT,
    /** It was not sent. */
    NOT_SENT,
    /** It is sent with the same id at once: had it been sent before, the server would tell it and store nothing. */
    SEND_AGAIN,
    /** Nobody can know any more. */
    UNCERTAIN;

    /** How long a message may have been on its way already when it was noted; and how long it may take to send it again. */
    private static final Duration ALLOWANCE = Requests.TIMEOUT.multipliedBy(6);

    /**
     * Decides.
     *
     * @param isFound whether the target stream has the message
     * @param target the stream that it was meant for, as it is now
     * @param before as it was before the message may have been sent to it
     * @param present how many are still there of the messages that it has stored since {@code before}; of no account with retention
     *     limits
     * @param age since the doubt was noted
     * @param isServerTheSame whether the server has not been started anew since, which forgets the ids of what is gone
     */
    static Doubt decide(
            boolean isFound,
            StreamFacts target,
            Ledger.Mark before,
            long present,
            Duration age,
            boolean isServerTheSame) {
        if (isFound) {
            return SENT;
        }
        boolean isRemembered = target.replicas() > 1 || isServerTheSame;
        if (isRemembered && age.plus(ALLOWANCE).compareTo(target.duplicateWindow()) < 0) {
            return SEND_AGAIN;
        }
        return isComplete(target, before, present) ? NOT_SENT : UNCERTAIN;
    }

    /** Whether the stream still has all that it has stored since. */
    private static boolean isComplete(StreamFacts target, Ledger.Mark before, long present) {
        return target.retention().equals(StreamFacts.LIMITS)
                ? target.firstSequence() <= before.last() + 1 && target.deleted() <= before.deleted()
                : present == target.lastSequence() - before.last();
    }
}
