package io.jetwright.relay.redrive;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.api.Redrive;
import io.jetwright.api.RedriveStatus;
import io.jetwright.operator.report.Events;
import io.jetwright.operator.report.StatusPatch;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Notes a Redrive in the status of its resource, and tells by Events when it begins and ends. Each status is only written in the
 * place of the one that was known, so a process that was paused takes back nothing of what another one has written.
 */
final class ResourceNotes implements Notes {
    static final String FIELD_MANAGER = "jetwright-redrive";

    private static final Logger LOG = LoggerFactory.getLogger(ResourceNotes.class);

    private final KubernetesClient client;
    private final Events events;
    private final String stream;
    private final Progress progress;
    private final Conditions conditions;
    private final Clock clock;
    private volatile Redrive known;
    private boolean isOver;

    /** What became of an attempt to write. */
    private enum Attempt {
        WRITTEN,
        /** Somebody else has written meanwhile. What that was is known now. */
        OVERTAKEN,
        /** It has ended already, or is gone. */
        OVER
    }

    /**
     * Notes.
     *
     * @param redrive as it was when work on it began
     * @param stream the name of the stream of dead letters in JetStream; empty if it is not known
     */
    ResourceNotes(RedriveParts parts, Redrive redrive, String stream, Progress progress) {
        this.client = parts.client();
        this.events = parts.events();
        this.known = redrive;
        this.stream = stream;
        this.progress = progress;
        this.conditions = new Conditions(parts.clock());
        this.clock = parts.clock();
    }

    @Override
    public synchronized State state() {
        Redrive current = client.resources(Redrive.class)
                .inNamespace(known.getMetadata().getNamespace())
                .withName(known.getMetadata().getName())
                .get();
        if (current == null
                || !current.getMetadata().getUid().equals(known.getMetadata().getUid())
                || current.isMarkedForDeletion()) {
            isOver = true;
            return State.OVER;
        }
        known = current;
        isOver = before().hasEnded();
        return isOver ? State.OVER : before().startedAt() == null ? State.NEW : State.BEGUN;
    }

    private RedriveStatus before() {
        return Objects.requireNonNullElse(known.getStatus(), RedriveStatus.NOTHING);
    }

    @Override
    public void begun() {
        boolean isNews = before().startedAt() == null;
        if (untilWritten(null, sending()) && isNews) {
            tell(new Verdict(
                    Reason.REDRIVING,
                    "sends back dead letters of the stream %s: %d".formatted(stream, progress.matched())));
        }
    }

    @Override
    public void ended(Verdict verdict) {
        if (untilWritten(clock.instant(), verdict)) {
            tell(verdict);
            if (!known.getSpec().onlyTells()) {
                progress.end();
            }
        }
    }

    /** To be called once it is deleted and no longer worked on: tells what was sent, if it had begun and not ended. */
    void deleted() {
        if (progress.matched() != null && !before().hasEnded()) {
            tell(
                    "Deleted",
                    false,
                    "was deleted after %d of %d dead letters of the stream %s were sent; the rest is still there: create another Redrive to go on"
                            .formatted(progress.done(), progress.matched(), stream));
        }
    }

    private void tell(Verdict verdict) {
        tell(verdict.reason().word(), verdict.reason().isStalled(), verdict.message());
    }

    /** By an Event, and in the log, where nothing else would say of which Redrive it is. */
    private void tell(String reason, boolean isWarning, String message) {
        MDC.put("resource.kind", known.getKind());
        MDC.put("resource.namespace", known.getMetadata().getNamespace());
        MDC.put("resource.name", known.getMetadata().getName());
        try {
            if (isWarning) {
                events.warning(known, reason, message);
            } else {
                events.normal(known, reason, message);
            }
        } finally {
            MDC.clear();
        }
    }

    /** Returns whether it is written by this process: not if the Redrive has ended already, or is gone. */
    private boolean untilWritten(@Nullable Instant finished, Verdict verdict) {
        while (true) {
            try {
                Attempt attempt = write(finished, verdict);
                if (attempt != Attempt.OVERTAKEN) {
                    return attempt == Attempt.WRITTEN;
                }
            } catch (KubernetesClientException e) {
                LOG.warn("The status of a Redrive is not written for now: {}", e.getMessage());
            }
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted before the status of a Redrive was written", e);
            }
        }
    }

    /** Shows how far it is, once it is known what there is to do. */
    void showProgress() {
        if (progress.matched() != null) {
            show(sending());
        }
    }

    /** Shows how it is for now, if Kubernetes lets us, and nobody else has shown something meanwhile. */
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

    private synchronized Attempt write(@Nullable Instant finished, Verdict verdict) {
        if (isOver) {
            return Attempt.OVER;
        }
        RedriveStatus after = status(before(), finished, verdict);
        if (after.equals(known.getStatus())) {
            return Attempt.WRITTEN;
        }
        try {
            known = apply(after);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return state() == State.OVER ? Attempt.OVER : Attempt.OVERTAKEN;
            }
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            isOver = true;
            return Attempt.OVER;
        }
        isOver = finished != null;
        return Attempt.WRITTEN;
    }

    private Redrive apply(RedriveStatus status) {
        var fresh = new Redrive();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(known.getMetadata().getNamespace())
                .withName(known.getMetadata().getName())
                .withUid(known.getMetadata().getUid())
                .withResourceVersion(known.getMetadata().getResourceVersion())
                .build());
        fresh.setStatus(status);
        return StatusPatch.apply(client, fresh, FIELD_MANAGER);
    }

    /** The status with how it is, by the progress as it is. */
    private RedriveStatus status(RedriveStatus before, @Nullable Instant finished, Verdict verdict) {
        Long generation = known.getMetadata().getGeneration();
        return ProgressReport.status(
                before,
                generation,
                conditions.merge(before.conditions(), verdict.reason(), verdict.message(), generation),
                stream,
                progress,
                finished);
    }

    /** Notes that a change was seen of one that has ended, which changes nothing about how. */
    synchronized void seen() {
        try {
            known = apply(before().atGeneration(known.getMetadata().getGeneration()));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.warn("The status of a Redrive is not written for now: {}", e.getMessage());
            }
        }
    }
}
