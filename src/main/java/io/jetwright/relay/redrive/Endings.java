package io.jetwright.relay.redrive;

import io.jetwright.status.Reason;
import java.util.Optional;

/** How a Redrive has ended, in words: what was done, what was left and why, and what to do about it. */
final class Endings {
    /** How many ranges of sequences a message names. */
    private static final int RANGES = 20;

    private Endings() {}

    /** Why no dead letters can be sent from this stream; empty if they can. */
    static Optional<Verdict> unfit(StreamFacts facts) {
        String cure =
                "a dead letter that is sent has to be removed: allow it in the stream, then create another Redrive";
        if (facts.isSealed()) {
            return refused("the stream %s is sealed, and %s".formatted(facts.name(), cure));
        }
        if (facts.deniesDelete()) {
            return refused("the stream %s has denyDelete, and %s".formatted(facts.name(), cure));
        }
        return facts.retention().equals(StreamFacts.LIMITS)
                ? Optional.empty()
                : refused(
                        "the stream %s has the retention %s, and dead letters can only be looked at where it is limits: have them stored in another stream, then create another Redrive"
                                .formatted(facts.name(), facts.retention()));
    }

    private static Optional<Verdict> refused(String message) {
        return Optional.of(new Verdict(Reason.REFUSED, message));
    }

    /** After a dry run. */
    static Verdict told(RedriveTask task, Survey survey) {
        String refusal = survey.refusal();
        if (refusal == null && survey.isEmpty()) {
            return nothing(task, survey);
        }
        return refusal == null
                ? new Verdict(
                        Reason.REDRIVEN,
                        "a dry run: %d dead letters would be sent; none was sent%s"
                                .formatted(survey.matched(), skipped(survey.gone(), survey.tooLarge())))
                : new Verdict(Reason.REFUSED, refusal);
    }

    private static Verdict nothing(RedriveTask task, Survey survey) {
        return new Verdict(
                Reason.NOTHING_SELECTED,
                survey.seen() == 0
                        ? "the stream %s has no message to look at, so nothing was sent".formatted(task.stream())
                        : "none of the %d messages of the stream %s that were looked at is a dead letter which spec.select takes, so nothing was sent: if there should be some, create another Redrive, with the names that the headers Dead-Letter-Stream, Dead-Letter-Consumer and Dead-Letter-Subject have"
                                .formatted(survey.seen(), task.stream()));
    }

    private static String skipped(long gone, long tooLarge) {
        return (gone == 0 ? "" : "; %d skipped, whose message was gone when it died".formatted(gone))
                + (tooLarge == 0
                        ? ""
                        : "; %d skipped, whose message was too large for a dead letter: it is still in its own stream"
                                .formatted(tooLarge));
    }

    /**
     * After the dead letters were sent.
     *
     * @param isStopped whether too many have died again
     */
    static Verdict sent(RedriveTask task, Progress progress, Ledger ledger, Survey survey, boolean isStopped) {
        if (ledger.matched() == 0 && survey.isEmpty()) {
            return nothing(task, survey);
        }
        String sent = "%d of %d dead letters were sent%s%s%s"
                .formatted(
                        progress.done(),
                        ledger.matched(),
                        skipped(survey.gone(), survey.tooLarge()),
                        progress.tooLarge() == 0
                                ? ""
                                : "; %d left, which are larger than the stream takes that they should go to"
                                        .formatted(progress.tooLarge()),
                        progress.leftBehind() == 0
                                ? ""
                                : "; %d left, since the relay has not finished with them: see status.deadLetters.problem of the Consumers"
                                        .formatted(progress.leftBehind()));
        if (isStopped) {
            return new Verdict(
                    Reason.DEAD_AGAIN,
                    "stopped, since %d of the messages have died again, which is more than %d percent (maxDeadAgainPercent); %s: mend what they die of, then create another Redrive"
                            .formatted(progress.deadAgain(), task.spec().deadAgainPercent(), sent));
        }
        if (!ledger.uncertain().isEmpty()) {
            return new Verdict(
                    Reason.UNCERTAIN,
                    "%s; of %d it cannot be known any more whether they were sent before the relay was interrupted, so they were left in the stream %s (sequences %s): see whether the messages were processed, then delete those dead letters, or send them by another Redrive with select.fromSequence and select.toSequence"
                            .formatted(
                                    sent,
                                    ledger.uncertain().size(),
                                    task.stream(),
                                    Sequences.shortText(ledger.uncertain(), RANGES)));
        }
        return new Verdict(Reason.REDRIVEN, sent);
    }
}
