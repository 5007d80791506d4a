package io.jetwright.relay.redrive;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides where each dead letter's message is sent. What it has read of streams and consumers it keeps, so that it decides
 * alike for all dead letters of a Redrive.
 */
final class Destinations {
    /** How many streams the messages of one Redrive may come from, or go to. */
    static final int MAX_STREAMS = 100;

    private static final int NAMED_CONSUMERS = 5;

    private final StreamDirectory directory;
    private final LetterStream letters;
    private final SubjectTemplate template;
    private final boolean isChosen;
    private final boolean requiresConsumer;
    private final Map<String, StreamFacts> streams = new HashMap<>();
    private final Map<String, List<ConsumerFacts>> consumers = new HashMap<>();

    /** A consumer of a stream that gets what was sent there last, and most likely what follows. */
    private final Map<String, ConsumerFacts> getting = new HashMap<>();

    /**
     * Destinations.
     *
     * @param subject the template that the Redrive names; null for the message's own subject
     * @param requiresConsumer whether nothing may be sent that no consumer gets
     */
    Destinations(StreamDirectory directory, LetterStream letters, @Nullable String subject, boolean requiresConsumer) {
        this.directory = directory;
        this.letters = letters;
        this.template = new SubjectTemplate(subject);
        this.isChosen = subject != null;
        this.requiresConsumer = requiresConsumer;
    }

    Destination of(StoredLetter letter) throws IOException, InterruptedException {
        Optional<String> filled = template.subject(letter);
        if (filled.isEmpty()) {
            return new Destination.Refused(
                    "to.subject names a token that the subject %s of dead letter %d does not have: name another one, or narrow select.subject"
                            .formatted(letter.subject(), letter.sequence()));
        }
        String subject = filled.get();
        Optional<StreamFacts> taking = taking(subject);
        if (taking.isEmpty()) {
            return refused(
                    letter,
                    "no stream takes messages on %s: add it to the subjects of a stream, or set to.subject to a subject that a stream has"
                            .formatted(subject));
        }
        StreamFacts target = taking.get();
        if (target.name().equals(letters.name())) {
            return refused(
                    letter,
                    "%s is a subject of the stream of dead letters %s itself: set to.subject to a subject of another stream"
                            .formatted(subject, letters.name()));
        }
        return isChosen ? chosen(letter, subject, target) : own(letter, subject, target);
    }

    /** The first few consumers that get what is sent there, and the end of an enumeration that is longer. */
    List<String> consumers(Destination.To there) throws IOException, InterruptedException {
        List<String> names = consumers(there.stream().name()).stream()
                .filter(each -> each.gets(there.subject()))
                .map(ConsumerFacts::name)
                .toList();
        return names.size() <= NAMED_CONSUMERS
                ? names
                : Stream.concat(names.stream().limit(NAMED_CONSUMERS), Stream.of("..."))
                        .toList();
    }

    private Destination chosen(StoredLetter letter, String subject, StreamFacts target)
            throws IOException, InterruptedException {
        return !requiresConsumer || isGot(subject, target.name())
                ? new Destination.To(subject, target)
                : refused(
                        letter,
                        "no consumer of the stream %s gets messages on %s, so nobody would process it: add the subject to the filters of a consumer, or set to.requireConsumer: false if something else reads the stream"
                                .formatted(target.name(), subject));
    }

    private boolean isGot(String subject, String stream) throws IOException, InterruptedException {
        ConsumerFacts last = getting.get(stream);
        if (last != null && last.gets(subject)) {
            return true;
        }
        Optional<ConsumerFacts> found =
                consumers(stream).stream().filter(each -> each.gets(subject)).findFirst();
        found.ifPresent(each -> getting.put(stream, each));
        return found.isPresent();
    }

    /** To the message's own subject, if no other consumer would get it as well. */
    private Destination own(StoredLetter letter, String subject, StreamFacts target)
            throws IOException, InterruptedException {
        if (!target.name().equals(letter.stream())) {
            return refused(
                    letter,
                    "its subject %s belongs to the stream %s now, and no more to %s, where the message died: set to.subject"
                            .formatted(subject, target.name(), letter.stream()));
        }
        if (target.retention().equals(StreamFacts.WORKQUEUE)) {
            return new Destination.To(subject, target);
        }
        List<String> others = consumers(target.name()).stream()
                .filter(each -> !each.name().equals(letter.consumer()) && each.gets(subject))
                .map(ConsumerFacts::name)
                .toList();
        if (others.isEmpty()) {
            return chosen(letter, subject, target);
        }
        String names = String.join(", ", others.subList(0, Math.min(NAMED_CONSUMERS, others.size())))
                + (others.size() > NAMED_CONSUMERS ? " ..." : "");
        return refused(
                letter,
                "on %s the message would also reach %s of the stream %s, whose retention is %s, and not only %s, where it died: set to.subject to a subject that only %s filters, such as retry.%s.{subject}, after the stream has it and %s filters it"
                        .formatted(
                                subject,
                                names,
                                target.name(),
                                target.retention(),
                                letter.consumer(),
                                letter.consumer(),
                                letter.consumer(),
                                letter.consumer()));
    }

    private static Destination refused(StoredLetter letter, String message) {
        return new Destination.Refused("dead letter %d: %s".formatted(letter.sequence(), message));
    }

    private Optional<StreamFacts> taking(String subject) throws IOException, InterruptedException {
        for (StreamFacts known : streams.values()) {
            if (known.takes(subject)) {
                return Optional.of(known);
            }
        }
        Optional<StreamFacts> found = directory.taking(subject);
        if (found.isPresent() && streams.size() < MAX_STREAMS) {
            streams.put(found.get().name(), found.get());
        }
        return found;
    }

    private List<ConsumerFacts> consumers(String stream) throws IOException, InterruptedException {
        List<ConsumerFacts> known = consumers.get(stream);
        if (known == null) {
            known = directory.consumers(stream);
            consumers.put(stream, known);
        }
        return known;
    }
}
