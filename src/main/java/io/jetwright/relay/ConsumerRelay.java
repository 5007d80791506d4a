package io.jetwright.relay;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.operator.connection.Route;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one assignment: its advisories become letters, until it is closed. What is in the way is tried again, and harms no other one. */
final class ConsumerRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRelay.class);

    /** How many messages are in memory at a time. */
    private static final int CONCURRENCY = 8;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final RelayParts parts;
    private final Assignment assignment;
    private final Function<Route.Open, LetterStream> letterStreams;
    private final ConsumerState state;
    private final Steps steps;
    private final ConsumerReport report;
    private final Semaphore places = new Semaphore(CONCURRENCY);
    private final Semaphore wakeups = new Semaphore(0);
    private volatile boolean isClosed;
    private volatile @Nullable AdvisoryPull pull;

    /** Whether advisories are known to come over this route. */
    private boolean isTried;

    /**
     * Not started.
     *
     * @param letterStreams the stream of dead letters over a route
     */
    ConsumerRelay(
            RelayParts parts,
            Assignment assignment,
            Function<Route.Open, LetterStream> letterStreams,
            ConsumerState state,
            Steps steps) {
        this.parts = parts;
        this.assignment = assignment;
        this.letterStreams = letterStreams;
        this.state = state;
        this.steps = steps;
        this.report = new ConsumerReport(parts, assignment, state);
    }

    Assignment assignment() {
        return assignment;
    }

    ConsumerState state() {
        return state;
    }

    void start() {
        Thread.ofVirtual().name("relay " + assignment.resource()).start(this::relayUntilClosed);
    }

    /** Something has changed that may have been in the way. */
    void wake() {
        wakeups.release();
    }

    private void relayUntilClosed() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!isClosed) {
                long started = System.nanoTime();
                try {
                    relay();
                } catch (Obstacle e) {
                    problem(e.getMessage());
                } catch (JetStreamException.Pending e) {
                    LOG.debug("{}: {}", assignment.resource(), e.getMessage());
                } catch (JetStreamException e) {
                    problem(e.withCure(field -> Optional.empty()));
                } catch (RuntimeException e) {
                    LOG.error("{}: nobody foresaw this, and it is tried again", assignment.resource(), e);
                    problem("the relay failed at it, and tries again: %s. Its log has the rest; please report it"
                            .formatted(e));
                }
                boolean wasLong = System.nanoTime() - started > LONGEST_PAUSE.toNanos();
                pause = wasLong ? FIRST_PAUSE : pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
                report.write();
                if (wakeups.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeups.drainPermits();
                    pause = FIRST_PAUSE;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void problem(String text) {
        if (state.problem(text)) {
            LOG.warn("Dead letters of {} wait: {}", assignment.resource(), text);
        }
    }

    /** Returns or fails when something is in the way. */
    private void relay() throws JetStreamException, Obstacle, InterruptedException {
        NatsConnection connection = connection();
        LetterStream letters = letterStreams.apply((Route.Open) assignment.route());
        letters.forget();
        LetterStream.Info info = letters.info();
        LiveConsumer consumer = LiveConsumer.read(connection, assignment.stream(), assignment.consumer());
        state.warning(LiveRules.check(assignment, consumer, info.config()));
        CaptureStream capture =
                CaptureStream.ensure(connection, assignment.captureStream(), parts.installation(), info.replicas());
        if (!isTried && !connection.settings().isOwnApi()) {
            AdvisoryTrial.run(connection, capture);
        }
        isTried = true;
        AdvisoryConsumer advisories = AdvisoryConsumer.ensure(connection, capture, assignment, parts.installation());
        state.completeSince(capture.created().isAfter(consumer.created()) ? capture.created() : consumer.created());
        var handler =
                new AdvisoryHandler(connection, consumer, assignment.rules(), letters, advisories.created(), steps);
        report.isServed(consumer, letters, advisories, connection);
        var current = new AdvisoryPull(connection, advisories);
        pull = current;
        var work = new AdvisoryWork(parts, assignment.resource(), handler, state, report, current::close);
        var sweep = new Sweep(parts, connection, consumer, advisories, handler, report, assignment.rules());
        var leaders = new Leaders(connection, consumer, capture.name());
        var care = new ConsumerCare(
                connection, assignment, consumer, letters, sweep, leaders, state, report, work::failed);
        care.start();
        try {
            while (!isClosed && work.obstacle().isEmpty()) {
                pullOnce(current, work);
            }
            if (work.obstacle().isPresent()) {
                state.pending(advisories.waiting(connection));
                throw new Obstacle(work.obstacle().get());
            }
        } finally {
            care.close();
        }
    }

    private NatsConnection connection() throws Obstacle, JetStreamException {
        if (!assignment.obstacle().isEmpty()) {
            throw new Obstacle(assignment.obstacle());
        }
        return switch (assignment.route()) {
            case Route.Open open -> {
                NatsConnection connection = parts.connection(open);
                connection.connection();
                yield connection;
            }
            case Route.Closed closedRoute -> throw new Obstacle(closedRoute.message());
            case Route.Pending pending -> throw new Obstacle("a Secret of the Connection is being read");
        };
    }

    private void pullOnce(AdvisoryPull current, AdvisoryWork work)
            throws JetStreamException, Obstacle, InterruptedException {
        places.acquire();
        int free = 1 + places.drainPermits();
        var taken = new AtomicInteger();
        try {
            int received = current.pull(free, advisory -> {
                taken.incrementAndGet();
                state.pending(advisory.pending());
                Thread.ofVirtual().start(() -> deal(advisory, work));
            });
            if (received < free) {
                // the server had no more, so another relay has what was still to come then
                state.pending(0);
            }
            if (work.isWell()) {
                state.problem(null);
            }
        } finally {
            places.release(free - taken.get());
        }
    }

    private void deal(CapturedAdvisory advisory, AdvisoryWork work) {
        try {
            work.deal(advisory);
        } finally {
            places.release();
        }
    }

    /** What is under way is finished, or comes again to whoever serves the consumer then. */
    @Override
    public void close() {
        isClosed = true;
        wakeups.release();
        AdvisoryPull current = pull;
        if (current != null) {
            current.close();
        }
    }
}
