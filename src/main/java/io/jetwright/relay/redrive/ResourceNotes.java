package io.jetwright.relay.redrive;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.api.Redrive;
import io.jetwright.api.RedriveStatus;
import io.jetwright.operator.report.StatusPatch;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes a Redrive in the status of its resource. */
final class ResourceNotes implements Notes {
    static final String FIELD_MANAGER = "jetwright-redrive";

    private static final Logger LOG = LoggerFactory.getLogger(ResourceNotes.class);

    private final KubernetesClient client;
    private final Redrive redrive;
    private final String stream;
    private final Progress progress;
    private final Conditions conditions;
    private final Clock clock;
    private @Nullable RedriveStatus last;
    private boolean isOver;

    /**
     * Notes.
     *
     * @param redrive as it was when work on it began
     * @param stream the name of the stream of dead letters in JetStream; empty if it is not known
     */
    ResourceNotes(RedriveParts parts, Redrive redrive, String stream, Progress progress) {
        this.client = parts.client();
        this.redrive = redrive;
        this.stream = stream;
        this.progress = progress;
        this.conditions = new Conditions(parts.clock());
        this.clock = parts.clock();
        this.last = redrive.getStatus();
    }

    @Override
    public synchronized State state() {
        Redrive current = client.resources(Redrive.class)
                .inNamespace(redrive.getMetadata().getNamespace())
                .withName(redrive.getMetadata().getName())
                .get();
        if (current == null
                || !current.getMetadata().getUid().equals(redrive.getMetadata().getUid())
                || current.getMetadata().getDeletionTimestamp() != null) {
            isOver = true;
            return State.OVER;
        }
        last = current.getStatus();
        isOver = last != null && last.hasEnded();
        return isOver ? State.OVER : last == null || last.startedAt() == null ? State.NEW : State.BEGUN;
    }

    @Override
    public void begun() {
        untilWritten(null, sending());
    }

    @Override
    public void ended(Verdict verdict) {
        untilWritten(clock.instant(), verdict);
        if (!redrive.getSpec().onlyTells()) {
            progress.end();
        }
        LOG.info(
                "Redrive {}/{} has ended: {}",
                redrive.getMetadata().getNamespace(),
                redrive.getMetadata().getName(),
                verdict.message());
    }

    private void untilWritten(@Nullable Instant finished, Verdict verdict) {
        while (true) {
            try {
                write(finished, verdict);
                return;
            } catch (KubernetesClientException e) {
                LOG.warn("The status of a Redrive is not written for now: {}", e.getMessage());
                try {
                    TimeUnit.SECONDS.sleep(1);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    /** Shows how far it is, once it is known what there is to do. */
    void showProgress() {
        if (progress.matched() != null) {
            show(sending());
        }
    }

    /** Shows how it is for now, if Kubernetes lets us. */
    void show(Verdict verdict) {
        try {
            write(null, verdict);
        } catch (KubernetesClientException e) {
            LOG.warn("The status of a Redrive is not written for now: {}", e.getMessage());
        }
    }

    private Verdict sending() {
        String waiting = progress.message();
        return new Verdict(
                Reason.REDRIVING,
                waiting.isEmpty() ? "dead letters of the stream %s are sent".formatted(stream) : waiting);
    }

    private synchronized void write(@Nullable Instant finished, Verdict verdict) {
        if (isOver) {
            return;
        }
        RedriveStatus before = Objects.requireNonNullElse(last, RedriveStatus.NOTHING);
        RedriveStatus after = status(before, finished, verdict);
        if (after.equals(last)) {
            return;
        }
        var fresh = new Redrive();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(redrive.getMetadata().getNamespace())
                .withName(redrive.getMetadata().getName())
                .withUid(redrive.getMetadata().getUid())
                .build());
        fresh.setStatus(after);
        try {
            StatusPatch.apply(client, fresh, FIELD_MANAGER);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            isOver = true;
        }
        last = after;
        isOver |= finished != null;
    }

    private RedriveStatus status(RedriveStatus before, @Nullable Instant finished, Verdict verdict) {
        boolean isKnown = progress.matched() != null;
        Instant started = progress.started();
        Speed speed = progress.speed();
        long left = isKnown
                ? Math.max(0, Objects.requireNonNull(progress.matched()) - progress.done() - progress.uncertain())
                : 0;
        return new RedriveStatus(
                redrive.getMetadata().getGeneration(),
                conditions.merge(
                        before.conditions(),
                        verdict.reason(),
                        verdict.message(),
                        redrive.getMetadata().getGeneration()),
                stream.isEmpty() ? before.stream() : stream,
                isKnown && started != null ? text(started) : before.startedAt(),
                finished == null ? before.finishedAt() : text(finished),
                isKnown ? progress.matched() : before.matched(),
                isKnown ? Long.valueOf(progress.done()) : before.done(),
                isKnown ? Long.valueOf(progress.skipped()) : before.skipped(),
                isKnown ? Long.valueOf(progress.uncertain()) : before.uncertain(),
                isKnown ? Long.valueOf(progress.deadAgain()) : before.deadAgain(),
                finished != null || !isKnown ? null : speed.text().orElse(null),
                finished != null || !isKnown ? null : speed.timeLeft(left).orElse(null),
                progress.sample());
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
