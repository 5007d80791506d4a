package io.jetwright.relay.redrive;

import io.fabric8.kubernetes.api.model.Condition;
import io.jetwright.api.RedriveStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the status of a Redrive says of its progress. */
final class ProgressReport {
    private ProgressReport() {}

    /**
     * The status after another one.
     *
     * @param before what is not known anew stays as it is there
     * @param generation of the spec
     * @param stream the name of the stream of dead letters in JetStream; empty if it is not known
     * @param finished when it has ended; null if it has not
     */
    static RedriveStatus status(
            RedriveStatus before,
            @Nullable Long generation,
            List<Condition> conditions,
            String stream,
            Progress progress,
            @Nullable Instant finished) {
        Long matched = progress.matched();
        Instant started = progress.started();
        boolean isKnown = matched != null;
        boolean isGoingOn = isKnown && finished == null;
        Speed speed = progress.speed();
        long left = matched == null ? 0 : Math.max(0, matched - progress.done() - progress.uncertain());
        return new RedriveStatus(
                generation,
                conditions,
                stream.isEmpty() ? before.stream() : stream,
                isKnown && started != null ? text(started) : before.startedAt(),
                finished == null ? before.finishedAt() : text(finished),
                isKnown ? matched : before.matched(),
                isKnown ? Long.valueOf(progress.done()) : before.done(),
                isKnown ? Long.valueOf(progress.skipped()) : before.skipped(),
                isKnown ? Long.valueOf(progress.uncertain()) : before.uncertain(),
                isKnown ? Long.valueOf(progress.deadAgain()) : before.deadAgain(),
                isGoingOn ? speed.text().orElse(null) : null,
                isGoingOn ? speed.timeLeft(left).orElse(null) : null,
                progress.sample());
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
