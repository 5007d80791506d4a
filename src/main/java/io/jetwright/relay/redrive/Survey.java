package io.jetwright.relay.redrive;

import io.jetwright.api.RedriveSample;
import io.jetwright.letter.LetterHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do: all dead letters that are selected, looked at before any is sent.
 *
 * @param matched how many can be sent
 * @param gone how many are selected and cannot be sent, since the message was gone when it died
 * @param tooLarge how many are selected and cannot be sent, since the message was too large for a dead letter
 * @param seen how many messages of the stream were looked at
 * @param last the sequence of the last one that can be sent, or the last one that was looked at
 * @param targets the streams that are sent to, by name, as they were when they were first looked at
 * @param sample the first few
 * @param refusal why nothing may be sent; null if all may be
 */
record Survey(
        long matched,
        long gone,
        long tooLarge,
        long seen,
        long last,
        Map<String, StreamFacts> targets,
        List<RedriveSample> sample,
        @Nullable String refusal) {
    private static final int SAMPLE = 5;
    private static final int SAMPLE_SUBJECT = 256;

    /** Whether nothing is selected, not even what cannot be sent. */
    boolean isEmpty() {
        return matched + skipped() == 0;
    }

    long skipped() {
        return gone + tooLarge;
    }

    /**
     * Looks at all that are selected.
     *
     * @param to the last sequence to look at
     * @param limit how many are to be sent at most
     * @param without sequences that are left out
     */
    static Survey of(
            Requests requests,
            LetterStream stream,
            Selection selection,
            long to,
            long limit,
            Set<Long> without,
            Destinations destinations,
            BooleanSupplier isCancelled)
            throws IOException, InterruptedException {
        var counting = new Counting(destinations, to);
        try (var reader =
                new LetterReader(requests, stream.name(), selection.from(), to, null, false, LetterReader.MANY)) {
            StoredLetter letter = reader.next();
            while (letter != null
                    && counting.matched < limit
                    && counting.refusal == null
                    && !isCancelled.getAsBoolean()) {
                counting.seen++;
                if (selection.takes(letter) && !without.contains(letter.sequence())) {
                    counting.add(letter);
                }
                letter = reader.next();
            }
        }
        return counting.result(limit);
    }

    private static final class Counting {
        private final Destinations destinations;
        private final long to;
        private final Map<String, StreamFacts> targets = new TreeMap<>();
        private final List<RedriveSample> sample = new ArrayList<>();
        private long matched;
        private long gone;
        private long tooLarge;
        private long seen;
        private long last;
        private @Nullable String refusal;

        private Counting(Destinations destinations, long to) {
            this.destinations = destinations;
            this.to = to;
        }

        private void add(StoredLetter letter) throws IOException, InterruptedException {
            Destination.To to = null;
            if (!letter.isWhole()) {
                if (LetterHeaders.TOO_LARGE.equals(letter.missingPayload())) {
                    tooLarge++;
                } else {
                    gone++;
                }
            } else {
                switch (destinations.of(letter)) {
                    case Destination.To there -> {
                        to = there;
                        matched++;
                        last = letter.sequence();
                        targets.putIfAbsent(there.stream().name(), there.stream());
                    }
                    case Destination.Refused no -> refusal = no.message();
                }
                if (targets.size() > Destinations.MAX_STREAMS) {
                    refusal = "the messages would go to more than %d streams: narrow the selection"
                            .formatted(Destinations.MAX_STREAMS);
                }
            }
            if (sample.size() < SAMPLE) {
                sample.add(new RedriveSample(
                        letter.sequence(),
                        cut(letter.subject()),
                        letter.reason(),
                        letter.stream() + "/" + letter.consumer(),
                        to == null ? null : cut(to.subject()),
                        to == null ? null : destinations.consumers(to)));
            }
        }

        private static @Nullable String cut(@Nullable String text) {
            return text == null || text.length() <= SAMPLE_SUBJECT ? text : text.substring(0, SAMPLE_SUBJECT) + "...";
        }

        private Survey result(long limit) {
            return new Survey(matched, gone, tooLarge, seen, matched < limit ? to : last, targets, sample, refusal);
        }
    }
}
