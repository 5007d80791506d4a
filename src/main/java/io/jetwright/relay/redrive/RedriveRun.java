package io.jetwright.relay.redrive;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Redrive that is worked on by a thread of its own, attempt after attempt. */
final class RedriveRun {
    private static final Logger LOG = LoggerFactory.getLogger(RedriveRun.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Execution execution;
    private final ResourceNotes notes;
    private final NatsConnection connection;
    private final AdvisoryFloor floor;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean isWorking;

    /** Starts at once. */
    RedriveRun(String name, Execution execution, ResourceNotes notes, NatsConnection connection, AdvisoryFloor floor) {
        this.execution = execution;
        this.notes = notes;
        this.connection = connection;
        this.floor = floor;
        this.thread = Thread.ofVirtual().name("redrive " + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Duration pause = PAUSE;
        try {
            while (cancelled.getCount() > 0) {
                Optional<Verdict> interim = attempt();
                if (interim.isEmpty()) {
                    return;
                }
                if (interim.get().reason() != Reason.PENDING) {
                    notes.show(interim.get());
                }
                boolean isWaiting = interim.get().reason() == Reason.WAITING_FOR_REDRIVE
                        || interim.get().reason() == Reason.PENDING;
                pause = isWaiting || pause.compareTo(LONGEST_PAUSE) >= 0 ? PAUSE : pause.multipliedBy(2);
                if (cancelled.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Verdict> attempt() throws InterruptedException {
        try {
            var requests =
                    new Requests(connection.connection(), connection.settings().apiPrefix());
            isWorking = true;
            return execution.attempt(requests, this::floor);
        } catch (JetStreamException e) {
            Assessment assessment = Assessment.of(e);
            return Optional.of(new Verdict(assessment.reason(), assessment.message()));
        } catch (ApiRefusal e) {
            return Optional.of(new Verdict(Reason.BLOCKED, "interrupted, and tried again: " + e.getMessage()));
        } catch (TakenOverException e) {
            return Optional.of(Execution.UNKNOWN);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("", e);
            return Optional.of(new Verdict(Reason.UNREACHABLE, "interrupted, and tried again: " + e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("A Redrive has failed as nobody foresaw", e);
            return Optional.of(new Verdict(
                    Reason.INTERNAL_ERROR,
                    "the relay failed at it, and tries again: %s. Its log has the rest; please report it"
                            .formatted(e)));
        } finally {
            isWorking = false;
        }
    }

    private OptionalLong floor(String stream, String consumer) throws IOException {
        try {
            return floor.read(connection.settings(), stream, consumer);
        } catch (JetStreamException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Shows how far it is, if this process works on it. */
    void showProgress() {
        if (isWorking && execution.holds()) {
            notes.showProgress();
        }
    }

    /** To be called once it is deleted and no longer alive. */
    void tellDeleted() {
        notes.deleted();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Has it stop soon, and does not wait. */
    void cancel() {
        execution.cancel();
        cancelled.countDown();
    }

    /** Waits until it has stopped. */
    boolean join(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }
}
