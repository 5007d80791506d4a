package io.jetwright.relay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done for a consumer again and again. JetStream says that a message is exhausted only when somebody pulls, so somebody
 * pulls, in a way that takes nothing; what no advisory said is looked for; and what is known is reported.
 */
final class ConsumerCare implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerCare.class);

    /** With what a request takes, less than ten seconds from the end of the last acknowledgement wait to the letter. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration SWEEP_AGAIN = Duration.ofSeconds(20);

    private final NatsConnection connection;
    private final Assignment assignment;
    private final LiveConsumer consumer;
    private final LetterStream letters;
    private final Sweep sweep;
    private final Leaders leaders;
    private final ConsumerState state;
    private final ConsumerReport report;
    private final BiConsumer<String, Boolean> failed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long nextSweep = System.nanoTime();

    /**
     * Not started.
     *
     * @param failed told what went wrong, and whether nothing can be stored therefore
     */
    ConsumerCare(
            NatsConnection connection,
            Assignment assignment,
            LiveConsumer consumer,
            LetterStream letters,
            Sweep sweep,
            Leaders leaders,
            ConsumerState state,
            ConsumerReport report,
            BiConsumer<String, Boolean> failed) {
        this.connection = connection;
        this.assignment = assignment;
        this.consumer = consumer;
        this.letters = letters;
        this.sweep = sweep;
        this.leaders = leaders;
        this.state = state;
        this.report = report;
        this.failed = failed;
    }

    void start() {
        Thread.ofVirtual().name("care").start(this::careUntilClosed);
    }

    private void careUntilClosed() {
        try {
            do {
                care();
            } while (!closed.await(
                    INTERVAL.toMillis() - ThreadLocalRandom.current().nextLong(500), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void care() throws InterruptedException {
        try {
            state.warning(LiveRules.check(assignment, consumer, letters.info().config()));
            probe();
            if (sweep.isOfUse()) {
                boolean isNewLeader = leaders.haveChanged();
                if (isNewLeader || System.nanoTime() - nextSweep >= 0) {
                    sweep();
                }
            }
        } catch (JetStreamException.Denied | Obstacle e) {
            failed.accept(String.valueOf(e.getMessage()), true);
        } catch (JetStreamException e) {
            LOG.debug("{}: {}", consumer.name(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}: nobody foresaw this, and it is tried again", consumer.name(), e);
        }
        report.write();
    }

    /** Has the server say which messages are exhausted, without taking, counting or delaying a live one. */
    private void probe() throws JetStreamException {
        if (!consumer.isPull() || consumer.maxDeliver() <= 0) {
            return;
        }
        List<String> groups = consumer.groups().isEmpty() ? List.of("") : consumer.groups();
        for (String group : groups) {
            ObjectNode request = JsonNodeFactory.instance
                    .objectNode()
                    .put("batch", 1)
                    .put("max_bytes", 1)
                    .put("no_wait", true);
            if (!group.isEmpty()) {
                request.put("group", group);
            }
            try {
                connection.request(
                        "consumer",
                        "probe",
                        "%s.CONSUMER.MSG.NEXT.%s.%s"
                                .formatted(connection.settings().apiPrefix(), consumer.stream(), consumer.name()),
                        null,
                        request.toString().getBytes(StandardCharsets.UTF_8));
            } catch (JetStreamException.Disabled e) {
                LOG.debug("{}: {}", consumer.name(), e.getMessage());
                leaders.isAway();
            }
        }
    }

    private void sweep() throws JetStreamException, Obstacle, InterruptedException {
        Sweep.Progress progress = sweep.run(state);
        Duration pause =
                switch (progress) {
                    case COMPLETE -> SWEEP;
                    case PART -> Duration.ZERO;
                    case LATER -> SWEEP_AGAIN;
                };
        if (progress == Sweep.Progress.COMPLETE) {
            state.completeSince(consumer.created());
        }
        nextSweep = System.nanoTime() + pause.toNanos();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
