package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Settles, after an interruption, what became of the messages that may have been on their way: it looks for them where they
 * should have gone to.
 */
final class Doubts {
    /** How many messages of a workqueue are looked at, one by one, before it is given up to find ours. */
    private static final int MAX_SINGLE_READS = 100_000;

    private final Requests requests;
    private final StreamDirectory directory;
    private final LetterStream stream;
    private final Destinations destinations;
    private final Sender sender;
    private final Memory memory;

    /** What is not settled is in {@code stillOpen}; what is left for good in {@code uncertain}. */
    record Settled(NavigableSet<Long> stillOpen, NavigableSet<Long> uncertain) {}

    private record Case(StoredLetter letter, Destination.To there) {}

    /**
     * What a target has stored since.
     *
     * @param ours the sequences of the dead letters whose messages are there
     * @param present how many messages are there at all
     */
    private record Stored(Set<Long> ours, long present) {}

    Doubts(
            Requests requests,
            StreamDirectory directory,
            LetterStream stream,
            Destinations destinations,
            Sender sender,
            Memory memory) {
        this.requests = requests;
        this.directory = directory;
        this.stream = stream;
        this.destinations = destinations;
        this.sender = sender;
        this.memory = memory;
    }

    /**
     * Settles what the ledger has as open.
     *
     * @param age how long ago it was stored
     * @param isSelected what is to be sent, and counted; of the others it is only found out whether they were sent
     */
    Settled settle(
            Ledger ledger, Duration age, boolean isServerTheSame, Predicate<StoredLetter> isSelected, Progress progress)
            throws IOException, InterruptedException {
        NavigableSet<Long> stillOpen = new TreeSet<>();
        NavigableSet<Long> uncertain = new TreeSet<>();
        Map<String, List<Case>> byTarget = new HashMap<>();
        for (long sequence : ledger.open()) {
            Optional<StoredLetter> letter = letter(sequence);
            if (letter.isEmpty()) {
                continue;
            }
            if (memory.isConfirmed(sequence)) {
                removeSent(letter.get(), isSelected, progress);
                continue;
            }
            if (destinations.of(letter.get()) instanceof Destination.To there) {
                byTarget.computeIfAbsent(there.stream().name(), each -> new ArrayList<>())
                        .add(new Case(letter.get(), there));
            } else {
                leave(letter.get(), isSelected, uncertain, stillOpen);
            }
        }
        for (Map.Entry<String, List<Case>> each : byTarget.entrySet()) {
            StreamFacts target = directory.stream(each.getKey()).orElse(null);
            Ledger.Mark before = ledger.targets().get(each.getKey());
            if (target == null || before == null) {
                each.getValue().forEach(known -> leave(known.letter(), isSelected, uncertain, stillOpen));
                continue;
            }
            Stored stored = stored(target, before.last() + 1, each.getValue());
            for (Case known : each.getValue()) {
                long sequence = known.letter().sequence();
                switch (Doubt.decide(
                        stored.ours().contains(sequence), target, before, stored.present(), age, isServerTheSame)) {
                    case SENT -> removeSent(known.letter(), isSelected, progress);
                    case NOT_SENT -> {}
                    case SEND_AGAIN -> {
                        if (isSelected.test(known.letter())) {
                            sender.send(known.letter(), known.there());
                        } else {
                            stillOpen.add(sequence);
                        }
                    }
                    case UNCERTAIN -> leave(known.letter(), isSelected, uncertain, stillOpen);
                }
            }
        }
        sender.settle();
        return new Settled(stillOpen, uncertain);
    }

    private void removeSent(StoredLetter letter, Predicate<StoredLetter> isSelected, Progress progress)
            throws IOException, InterruptedException {
        remove(letter.sequence());
        memory.forget(Set.of(letter.sequence()));
        if (isSelected.test(letter)) {
            progress.sent();
        }
    }

    private static void leave(
            StoredLetter letter,
            Predicate<StoredLetter> isSelected,
            NavigableSet<Long> uncertain,
            NavigableSet<Long> stillOpen) {
        (isSelected.test(letter) ? uncertain : stillOpen).add(letter.sequence());
    }

    private Optional<StoredLetter> letter(long sequence) throws IOException, InterruptedException {
        try {
            JsonNode message = requests.ask(
                            "STREAM.MSG.GET." + stream.name(), Requests.body().put("seq", sequence))
                    .path("message");
            byte[] payload = Base64.getDecoder().decode(message.path("data").asText());
            return Optional.of(new StoredLetter(sequence, headers(message), payload));
        } catch (ApiRefusal e) {
            if (e.saysThatMessageIsGone()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Those that jnats' headers cannot hold were not sent either. */
    private static Headers headers(JsonNode message) {
        var headers = new Headers();
        String text = new String(Base64.getDecoder().decode(message.path("hdrs").asText()), StandardCharsets.UTF_8);
        text.lines().skip(1).filter(line -> line.indexOf(':') > 0).forEach(line -> {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return headers;
    }

    private void remove(long sequence) throws IOException, InterruptedException {
        try {
            requests.ask(
                    "STREAM.MSG.DELETE." + stream.name(),
                    Requests.body().put("seq", sequence).put("no_erase", true));
        } catch (ApiRefusal e) {
            if (!e.saysThatMessageIsGone()) {
                throw e;
            }
        }
    }

    /** Looks at what a target has stored from a sequence on: at all of it, but by subject where it is one, and a stream keeps all. */
    private Stored stored(StreamFacts target, long from, List<Case> cases) throws IOException, InterruptedException {
        if (target.retention().equals(StreamFacts.WORKQUEUE)) {
            return oneByOne(target, from);
        }
        Set<String> subjects = new HashSet<>();
        cases.forEach(each -> subjects.add(each.there().subject()));
        boolean isOfOneSubject = subjects.size() == 1 && target.retention().equals(StreamFacts.LIMITS);
        Set<Long> ours = new HashSet<>();
        long present = 0;
        try (var reader = new LetterReader(
                requests,
                target.name(),
                from,
                target.lastSequence(),
                isOfOneSubject ? subjects.iterator().next() : null,
                false,
                LetterReader.MANY)) {
            for (StoredLetter each = reader.next(); each != null; each = reader.next()) {
                note(each.headers().getFirst(StoredLetter.MESSAGE_ID), ours);
                present++;
            }
        }
        return new Stored(ours, present);
    }

    /** A workqueue cannot be looked into by a consumer: it would compete with the others. */
    private Stored oneByOne(StreamFacts target, long from) throws IOException, InterruptedException {
        Set<Long> ours = new HashSet<>();
        long present = 0;
        long next = Math.max(from, target.firstSequence());
        while (next <= target.lastSequence() && present < MAX_SINGLE_READS) {
            try {
                JsonNode message = requests.ask(
                                "STREAM.MSG.GET." + target.name(),
                                Requests.body().put("seq", next).put("next_by_subj", ">"))
                        .path("message");
                long sequence = message.path("seq").asLong();
                if (sequence > target.lastSequence()) {
                    break;
                }
                note(headers(message).getFirst(StoredLetter.MESSAGE_ID), ours);
                present++;
                next = sequence + 1;
            } catch (ApiRefusal e) {
                if (e.saysThatMessageIsGone()) {
                    break;
                }
                throw e;
            }
        }
        return new Stored(ours, present);
    }

    private void note(@Nullable String id, Set<Long> found) {
        String prefix = RedrivenMessage.idPrefix(stream);
        if (id != null && id.startsWith(prefix)) {
            found.add(Long.parseLong(id.substring(prefix.length())));
        }
    }
}
