package io.jetwright.relay;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.DeadLetterReason;
import io.jetwright.api.DeadLettersStatus;
import io.jetwright.api.Times;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.letter.Death;
import io.jetwright.letter.LetterSubject;
import io.jetwright.operator.report.StatusPatch;
import io.jetwright.subject.SubjectPattern;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the status of a Consumer, and by Events, what becomes of its dead letters. */
final class ConsumerReport {
    /** Owns {@code status.deadLetters}, and nothing else. */
    static final String FIELD_MANAGER = "jetwright-dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerReport.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** Deaths no further apart are one burst. */
    private static final Duration BURST = Duration.ofMinutes(10);

    private final RelayParts parts;
    private final Assignment assignment;
    private final ConsumerState state;
    private @Nullable Served served;
    private LetterStream.@Nullable Count count;
    private String countedAt = "";
    private long written = System.nanoTime() - PAUSE.toNanos();

    /** How letters are counted. */
    private record Served(
            LetterStream letters, List<String> patterns, AdvisoryConsumer advisories, NatsConnection connection) {}

    ConsumerReport(RelayParts parts, Assignment assignment, ConsumerState state) {
        this.parts = parts;
        this.assignment = assignment;
        this.state = state;
    }

    /** From now on letters can be counted. */
    synchronized void isServed(
            LiveConsumer consumer, LetterStream letters, AdvisoryConsumer advisories, NatsConnection connection) {
        var subjects = new LetterSubject(assignment.rules().subjectTemplate(), consumer.stream(), consumer.name());
        served = new Served(
                letters, SubjectPattern.disjoint(subjects.patterns(consumer.filters())), advisories, connection);
        countedAt = "";
    }

    /** A death was dealt with. The first of a burst is told by an Event. */
    void relayed(Outcome outcome, Death death) {
        if (outcome == Outcome.IGNORED || outcome == Outcome.DUPLICATE) {
            return;
        }
        Optional<Instant> before = known().map(DeadLettersStatus::lastTime).map(Times::parse);
        if (state.died(death, before, BURST)) {
            resource().ifPresent(consumer -> parts.events().warning(consumer, "DeadLetter", text(outcome, death)));
        }
    }

    private String text(Outcome outcome, Death death) {
        String reason = death.reason() == DeadLetterReason.TERMINATED
                ? "was terminated" + (death.description() == null ? "" : " (" + death.description() + ")")
                : "was delivered %d times and not acknowledged".formatted(death.deliveries());
        return "message %d of stream %s %s: %s in stream %s. Further ones within 10 minutes have no Event; status.deadLetters counts them"
                .formatted(
                        death.sequence(),
                        death.stream(),
                        reason,
                        switch (outcome) {
                            case GONE -> "it is gone, which a dead letter tells";
                            case TOO_LARGE -> "it is too large, and a dead letter points to it";
                            default -> "its dead letter is";
                        },
                        assignment.letters());
    }

    private Optional<Consumer> resource() {
        return parts.resources().consumer(assignment.namespace(), assignment.name());
    }

    private Optional<DeadLettersStatus> known() {
        return resource().map(Consumer::getStatus).map(ConsumerStatus::deadLetters);
    }

    /** Writes the status if it is not what it was, and was not written a moment ago. */
    synchronized void write() {
        if (System.nanoTime() - written < PAUSE.minusSeconds(1).toNanos()) {
            return;
        }
        try {
            count();
        } catch (JetStreamException | Obstacle e) {
            LOG.debug("{}: not counted: {}", assignment.resource(), e.getMessage());
        }
        Optional<Consumer> resource = resource();
        if (resource.isEmpty()) {
            return;
        }
        DeadLettersStatus fresh = status(known().orElse(null));
        if (!fresh.equals(known().orElse(null))) {
            apply(parts, assignment.namespace(), assignment.name(), ConsumerStatus.NOTHING.withDeadLetters(fresh));
            written = System.nanoTime();
        }
    }

    private void count() throws JetStreamException, Obstacle {
        Served current = served;
        if (current == null) {
            return;
        }
        if (state.problem() != null) {
            state.pending(current.advisories().waiting(current.connection()));
        }
        String now = current.letters().info().state();
        if (!now.equals(countedAt)) {
            count = current.letters().count(current.patterns());
            countedAt = now;
        }
    }

    private DeadLettersStatus status(@Nullable DeadLettersStatus before) {
        Optional<ConsumerState.Last> last = state.last();
        boolean isNewer = last.isPresent()
                && (before == null
                        || before.lastTime() == null
                        || Times.parse(before.lastTime())
                                .isBefore(seconds(last.get().time())));
        LetterStream.Count counted = count;
        Instant complete = state.completeSince();
        return new DeadLettersStatus(
                assignment.letters().isEmpty() ? null : assignment.letters(),
                counted == null ? (before == null ? null : before.stored()) : Long.valueOf(counted.stored()),
                state.waiting(),
                counted == null ? (before == null ? null : before.oldest()) : counted.oldest(),
                isNewer ? last.get().reason() : before == null ? null : before.lastReason(),
                isNewer ? seconds(last.get().time()).toString() : before == null ? null : before.lastTime(),
                complete == null
                        ? (before == null ? null : before.completeSince())
                        : seconds(complete).toString(),
                state.problem(),
                state.warning());
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Takes back what was said of a Consumer that has no dead letters any more. */
    static void clear(RelayParts parts, Consumer consumer) {
        apply(
                parts,
                consumer.getMetadata().getNamespace(),
                consumer.getMetadata().getName(),
                ConsumerStatus.NOTHING);
    }

    private static void apply(RelayParts parts, String namespace, String name, ConsumerStatus status) {
        var fresh = new Consumer();
        fresh.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        fresh.setStatus(status);
        try {
            StatusPatch.apply(parts.client(), fresh, FIELD_MANAGER);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                LOG.warn("The status of {}/{} is not written for now: {}", namespace, name, e.getMessage());
            }
        }
    }
}
