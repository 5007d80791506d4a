package io.jetwright.operator.asset.kind;

import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Consumer;
import io.jetwright.api.DeadLetter;
import io.jetwright.api.DeadLettersStatus;
import io.jetwright.letter.DeadLetterRules;
import io.jetwright.letter.DeclaredConsumer;
import io.jetwright.letter.LetterLoops;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.SideCondition;
import io.jetwright.status.Truth;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The condition {@code DeadLetters} of Consumers: whether their dead letters are relayed, and if not, why. */
public final class DeadLetters {
    static final String TYPE = "DeadLetters";

    private final IndexerResourceCache<Consumer> cache;
    private final ConsumerNaming naming;
    private final ConsumerIndex index;
    private final LetterDeclarations declarations;
    private final DeadLetterRules rules;
    private final Supplier<Optional<Assessment>> relay;

    /**
     * Those of Consumers.
     *
     * @param cache the Consumers
     * @param streams the Stream resources
     * @param relay why the relay of dead letters relays nothing for anybody; empty if it runs
     */
    public DeadLetters(
            Routes routes,
            IndexerResourceCache<Consumer> cache,
            IndexerResourceCache<io.jetwright.api.Stream> streams,
            Supplier<Optional<Assessment>> relay,
            Clock clock) {
        this.cache = cache;
        this.relay = relay;
        var declared = new DeclaredStreams(routes, streams);
        this.naming = new ConsumerNaming(routes, declared, clock);
        this.index = new ConsumerIndex(routes, cache, declared);
        this.declarations = new LetterDeclarations(declared, naming, index);
        this.rules = new DeadLetterRules(declarations);
    }

    ConsumerNaming naming() {
        return naming;
    }

    ConsumerIndex index() {
        return index;
    }

    /** Empty for a Consumer without dead letters. */
    Optional<SideCondition> condition(Consumer consumer) {
        DeadLetter letter = consumer.getSpec().deadLetter();
        if (letter == null) {
            return Optional.empty();
        }
        if (consumer.getSpec().suspends()) {
            return side(new Assessment(Reason.SUSPENDED, "spec.suspend is true"));
        }
        Assessment assessment = declarations
                .consumer(consumer)
                .map(declared -> ofResources(consumer, letter, declared))
                .orElseGet(() -> new Assessment(
                        Reason.RELAY_UNKNOWN, "the stream that is consumed is not known yet; see the condition Ready"));
        return side(assessment);
    }

    private static Optional<SideCondition> side(Assessment assessment) {
        boolean isWarning =
                assessment.reason().ready() == Truth.FALSE || assessment.reason() == Reason.LETTERS_MAY_BE_LOST;
        return Optional.of(new SideCondition(TYPE, assessment.reason(), assessment.message(), isWarning));
    }

    private Assessment ofResources(Consumer consumer, DeadLetter letter, DeclaredConsumer declared) {
        return rules.refusal(declared)
                .map(refusal -> new Assessment(reason(refusal.rule()), refusal.message()))
                .or(() -> declarations.missing(consumer, letter))
                .or(relay)
                .or(() -> problem(said(consumer)))
                .or(() -> rules.warning(declared)
                        .or(() -> Optional.ofNullable(said(consumer)).map(DeadLettersStatus::warning))
                        .map(message -> new Assessment(Reason.LETTERS_MAY_BE_LOST, message)))
                .orElseGet(() -> new Assessment(Reason.RELAYED, "the relay stores its dead letters"));
    }

    private static Reason reason(DeadLetterRules.Rule rule) {
        return switch (rule) {
            case LOOP -> Reason.LETTER_LOOP;
            case STREAM -> Reason.LETTER_STREAM_INVALID;
            case SUBJECT -> Reason.LETTER_SUBJECT_INVALID;
        };
    }

    private static @Nullable DeadLettersStatus said(Consumer consumer) {
        return consumer.getStatus() == null ? null : consumer.getStatus().deadLetters();
    }

    private static Optional<Assessment> problem(@Nullable DeadLettersStatus said) {
        if (said == null) {
            return Optional.of(new Assessment(
                    Reason.RELAY_UNKNOWN, "the relay of dead letters has not said anything of this Consumer yet"));
        }
        return Optional.ofNullable(said.problem()).map(problem -> new Assessment(Reason.NOT_RELAYED, problem));
    }

    /** All Consumers that have dead letters. */
    public Stream<Consumer> all() {
        return ConsumerIndex.withDeadLetters(cache);
    }

    /** The Consumers to look at again when the dead letters of this one have changed: they may make a loop, or no longer make one. */
    public Stream<Consumer> concernedBy(Consumer consumer) {
        Stream<Consumer> beyond = declarations.consumer(consumer).map(DeclaredConsumer::letters).stream()
                .flatMap(letters -> new LetterLoops(declarations).beyond(letters))
                .map(declarations::resource)
                .flatMap(Optional::stream);
        return Stream.concat(refusedForLoop(cache), beyond);
    }

    /** The Consumers that were refused for a loop. */
    static Stream<Consumer> refusedForLoop(IndexerResourceCache<Consumer> cache) {
        return ConsumerIndex.withDeadLetters(cache)
                .filter(consumer -> consumer.getStatus() != null
                        && Conditions.find(consumer.getStatus().conditions(), TYPE)
                                .filter(condition -> Reason.LETTER_LOOP.word().equals(condition.getReason()))
                                .isPresent());
    }
}
