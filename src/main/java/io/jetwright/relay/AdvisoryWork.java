package io.jetwright.relay;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.letter.Death;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deals with advisories of one consumer as they come, several at a time, and keeps what goes wrong. */
final class AdvisoryWork {
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryWork.class);
    private static final long LONGEST_DELAY = 15;

    private final RelayParts parts;
    private final String resource;
    private final AdvisoryHandler handler;
    private final ConsumerState state;
    private final ConsumerReport report;
    private final Runnable stop;
    private volatile @Nullable Failure failure;

    /**
     * What went wrong last.
     *
     * @param isOfAll whether the next message would fail likewise
     */
    private record Failure(String problem, boolean isOfAll) {}

    /**
     * Nothing has come yet.
     *
     * @param resource namespace and name of the Consumer
     * @param stop called when the next message would fail likewise
     */
    AdvisoryWork(
            RelayParts parts,
            String resource,
            AdvisoryHandler handler,
            ConsumerState state,
            ConsumerReport report,
            Runnable stop) {
        this.parts = parts;
        this.resource = resource;
        this.handler = handler;
        this.state = state;
        this.report = report;
        this.stop = stop;
    }

    /** Why no message can be dealt with for now; empty if they can. */
    Optional<String> obstacle() {
        return Optional.ofNullable(failure).filter(Failure::isOfAll).map(Failure::problem);
    }

    /** Whether the last message was dealt with. */
    boolean isWell() {
        return failure == null;
    }

    /** Deals with an advisory, or has it come again. */
    void deal(CapturedAdvisory advisory) {
        try {
            Optional<Death> death = Death.ofAdvisory(advisory.text());
            if (death.isEmpty()) {
                LOG.warn("{}: what no advisory is was captured as {}", resource, advisory.sequence());
                advisory.done();
                return;
            }
            if (handler.concerns(death.get())) {
                deal(advisory, death.get());
            } else {
                advisory.done();
            }
        } catch (JetStreamException | RuntimeException e) {
            LOG.debug("{}: {}", resource, e.getMessage());
        }
    }

    private void deal(CapturedAdvisory advisory, Death death) throws JetStreamException {
        state.came(advisory.sequence(), death);
        try {
            Outcome outcome = handler.handle(advisory, death);
            state.done(advisory.sequence());
            parts.metrics().relayed(outcome);
            report.relayed(outcome, death);
            Failure known = failure;
            if (known != null && !known.isOfAll()) {
                failure = null;
            }
        } catch (Obstacle e) {
            failed(e.getMessage(), true);
            again(advisory, death);
        } catch (JetStreamException e) {
            failed(e.withCure(field -> Optional.empty()), true);
            again(advisory, death);
        } catch (RuntimeException e) {
            LOG.error("{}: nobody foresaw this, and it is tried again", death.key(), e);
            failed(
                    "the relay failed at message %d, and tries again: %s. Its log has the rest; please report it"
                            .formatted(death.sequence(), e),
                    false);
            again(advisory, death);
        }
    }

    private void again(CapturedAdvisory advisory, Death death) throws JetStreamException {
        parts.metrics().relayed(Outcome.FAILED);
        state.failed(advisory.sequence(), death);
        long seconds = Math.min(LONGEST_DELAY, 1L << Math.min(advisory.deliveries() - 1, 10));
        advisory.again(Duration.ofSeconds(seconds));
    }

    /**
     * Something is in the way.
     *
     * @param isOfAll whether the next message would fail likewise
     */
    void failed(String text, boolean isOfAll) {
        failure = new Failure(text, isOfAll);
        if (state.problem(text)) {
            LOG.warn("Dead letters of {} wait: {}", resource, text);
        }
        if (isOfAll) {
            stop.run();
        }
    }
}
