package io.jetwright.relay;

import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.DeadLetter;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamReference;
import io.jetwright.api.Times;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.Truth;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What the relay has to do, from the resources; a pure function. */
final class Assignments {
    /** The condition of a Consumer that tells of its dead letters. */
    static final String CONDITION = "DeadLetters";

    private static final Set<Reason> REFUSALS =
            Set.of(Reason.LETTER_LOOP, Reason.LETTER_STREAM_INVALID, Reason.LETTER_SUBJECT_INVALID);

    private final BiFunction<String, String, Optional<Stream>> streams;
    private final Function<String, Route> routes;
    private final Function<String, Optional<String>> captureStreams;

    /**
     * By these resources.
     *
     * @param streams finds a Stream by namespace and name
     * @param routes from the key of a Connection to the way over it
     * @param captureStreams from the key of a Connection to the stream that it says captures advisories
     */
    Assignments(
            BiFunction<String, String, Optional<Stream>> streams,
            Function<String, Route> routes,
            Function<String, Optional<String>> captureStreams) {
        this.streams = streams;
        this.routes = routes;
        this.captureStreams = captureStreams;
    }

    /**
     * The assignments of these Consumers, by namespace and name of the resource. A consumer in JetStream is served once: for the first
     * resource that says it is there.
     */
    Map<String, Assignment> of(Collection<Consumer> consumers) {
        Map<String, Assignment> assignments = new TreeMap<>();
        Set<String> served = new HashSet<>();
        consumers.stream()
                .sorted(Comparator.comparing(Assignments::age)
                        .thenComparing(each -> each.getMetadata().getName()))
                .forEach(consumer -> of(consumer)
                        .filter(each -> served.add(each.connection() + " " + each.stream() + " " + each.consumer()))
                        .ifPresent(each -> assignments.put(each.resource(), each)));
        return assignments;
    }

    private static String age(Consumer consumer) {
        return Objects.requireNonNullElse(consumer.getMetadata().getCreationTimestamp(), "");
    }

    private Optional<Assignment> of(Consumer consumer) {
        DeadLetter rules = consumer.getSpec().deadLetter();
        ConsumerStatus status = consumer.getStatus();
        if (rules == null
                || Boolean.TRUE.equals(consumer.getSpec().suspend())
                || consumer.isMarkedForDeletion()
                || status == null
                || isRefused(status)
                || status.stream() == null
                || status.consumer() == null
                || status.created() == null) {
            return Optional.empty();
        }
        String key = Objects.requireNonNullElse(status.connection(), Routes.OPERATORS_OWN);
        String namespace = consumer.getMetadata().getNamespace();
        Target target = target(rules, namespace, key);
        return Optional.of(new Assignment(
                namespace,
                consumer.getMetadata().getName(),
                Objects.requireNonNullElse(status.observedGeneration(), 0L),
                key,
                routes.apply(key),
                captureStreams.apply(key),
                status.stream(),
                status.consumer(),
                Times.parse(status.created()),
                rules,
                target.stream(),
                target.obstacle()));
    }

    /** The operator sees the resources of all kinds, and refuses letters that would come back, or that their stream cannot keep. */
    private static boolean isRefused(ConsumerStatus status) {
        return Conditions.find(status.conditions(), CONDITION)
                .filter(condition -> Truth.FALSE.word().equals(condition.getStatus()))
                .filter(condition ->
                        REFUSALS.stream().anyMatch(refusal -> refusal.word().equals(condition.getReason())))
                .isPresent();
    }

    private record Target(String stream, String obstacle) {}

    private Target target(DeadLetter rules, String namespace, String key) {
        StreamReference reference = rules.streamRef();
        if (reference == null) {
            return new Target(Objects.requireNonNullElse(rules.streamName(), ""), "");
        }
        Optional<Stream> stream = streams.apply(namespace, reference.name());
        if (stream.isEmpty()) {
            return new Target(
                    "",
                    "there is no Stream %s in namespace %s: create it, or correct spec.deadLetter.streamRef"
                            .formatted(reference.name(), namespace));
        }
        var status = stream.get().getStatus();
        if (status == null || status.stream() == null) {
            return new Target(
                    "", "the Stream %s is not in JetStream yet: see what its status says".formatted(reference.name()));
        }
        String home = Objects.requireNonNullElse(status.connection(), Routes.OPERATORS_OWN);
        if (!home.equals(key)) {
            return new Target(
                    "",
                    "the Stream %s is on another Connection than this consumer: dead letters stay in the account of the consumer, so name a stream there in spec.deadLetter"
                            .formatted(reference.name()));
        }
        return new Target(status.stream(), "");
    }
}
