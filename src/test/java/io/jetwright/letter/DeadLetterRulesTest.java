package io.jetwright.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.StreamSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterRulesTest {
    private final Declared declared = new Declared();
    private final DeadLetterRules rules = new DeadLetterRules(declared);

    /** What resources declare, on one connection unless it says otherwise. */
    private static final class Declared implements Declarations {
        private final List<DeclaredStream> streams = new ArrayList<>();
        private final List<DeclaredConsumer> consumers = new ArrayList<>();

        void stream(String name, String spec) {
            streams.removeIf(each -> each.place().equals(place(name)));
            streams.add(new DeclaredStream(place(name), "shop/" + name, read(spec, StreamSpec.class), List.of()));
        }

        DeclaredConsumer consumer(String name, int age, String source, String letters, String spec) {
            var consumer = new DeclaredConsumer(
                    "shop/" + name,
                    "2026-06-01T10:00:%02dZ".formatted(age),
                    place(source),
                    place(letters),
                    name,
                    read(spec, ConsumerSpec.class));
            consumers.add(consumer);
            return consumer;
        }

        private static <T> T read(String yaml, Class<T> type) {
            return Serialization.unmarshal("--- " + yaml, type);
        }

        static StreamPlace place(String name) {
            String[] parts = name.split("@", 2);
            return new StreamPlace(parts.length > 1 ? parts[1] : "", parts[0]);
        }

        @Override
        public Optional<DeclaredStream> stream(StreamPlace place) {
            return streams.stream().filter(each -> each.place().equals(place)).findFirst();
        }

        @Override
        public Stream<DeclaredConsumer> consumers(StreamPlace place) {
            return consumers.stream().filter(each -> each.source().equals(place));
        }

        @Override
        public Stream<DeclaredStream> copies(StreamPlace place) {
            return streams.stream().filter(each -> each.origins()
                    .anyMatch(origin -> origin.name().equals(place.stream())));
        }
    }

    private static String letter(String filters, String subject) {
        return "{%s deadLetter: {streamName: any%s}}"
                .formatted(
                        filters.isEmpty() ? "" : "filterSubjects: ['%s'],".formatted(filters.replace(" ", "','")),
                        subject.isEmpty() ? "" : ", subject: \"" + subject + "\"");
    }

    private String refusal(DeclaredConsumer consumer) {
        return rules.refusal(consumer)
                .map(refusal -> refusal.rule() + " " + refusal.message())
                .orElse("none");
    }

    /** Lists have spaces between their items. */
    @ParameterizedTest(name = "{0} | {1} | {2} | {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # subjects of the source  | filters              | template                        | subjects of the dead-letter stream | rule    | in the message
                    orders.>                  | -                    | -                               | dead-letters.>                     | -       | -
                    orders.>                  | -                    | -                               | dead-letters.SOURCE.worker.>       | -       | -
                    orders.>                  | -                    | -                               | dead-letters.OTHER.>               | SUBJECT | add dead-letters.SOURCE.worker.> to its subjects
                    orders.>                  | -                    | -                               | other.>                            | SUBJECT | add dead-letters.SOURCE.worker.> to its subjects
                    auth.>                    | auth.user.created    | {subject}.dlq                   | dlq.>                              | LOOP    | dlq.{subject}
                    auth.>                    | auth.user.created    | dlq.{subject}                   | dlq.>                              | -       | -
                    auth.>                    | >                    | {subject}.dlq                   | dlq.>                              | LOOP    | would land in SOURCE
                    auth.user.*               | -                    | {subject}.dlq                   | auth.*.*.dlq                       | -       | -
                    auth.user.*               | -                    | {subject}.dlq                   | auth.user.created.dlq              | SUBJECT | begins with a word
                    orders.*                  | -                    | dead.{token(2)}                 | dead.*                             | -       | -
                    orders.*                  | orders.eu orders.us  | dead.{token(2)}                 | dead.eu dead.us                    | -       | -
                    orders.*                  | orders.eu orders.asia | dead.{token(2)}                | dead.eu dead.us                    | SUBJECT | add dead.* to its subjects
                    orders.>                  | -                    | dead.{token(2)}.{token(3)}      | dead.*.*                           | -       | -
                    orders.>                  | -                    | dead.{token(2)}.{subject}       | dead.*.orders.*                    | SUBJECT | add dead.*.> to its subjects
                    orders.>                  | -                    | dead.{consumer}-{token(1)}      | dead.worker-orders                 | -       | -
                    orders.>                  | -                    | dead.all                        | dead.all                           | -       | -
                    orders.> dead.again       | -                    | dead.again                      | dead.>                             | LOOP    | which takes dead.again
                    """)
    void theStreamTakesAllLettersAndTheirSourceNone(
            String source, String filters, String template, String store, String rule, String message) {
        declared.stream("SOURCE", "{subjects: [%s]}".formatted(source.replace(' ', ',')));
        declared.stream("STORE", "{subjects: [%s]}".formatted(store.replace(' ', ',')));
        DeclaredConsumer worker = declared.consumer(
                "worker",
                0,
                "SOURCE",
                "STORE",
                letter(Objects.requireNonNullElse(filters, ""), Objects.requireNonNullElse(template, "")));
        if (rule == null) {
            assertThat(refusal(worker)).isEqualTo("none");
        } else {
            assertThat(refusal(worker)).startsWith(rule + " spec.deadLetter").contains(message);
        }
    }

    /** The stream that is consumed is in JetStream only, or its messages have other subjects than it takes. */
    @ParameterizedTest
    @CsvSource({"{subject}.dlq, other.>, none", "dead.{subject}, other.>, SUBJECT", "dead.{subject}, dead.x.>, none"})
    void whatIsNotKnownIsNotRefused(String template, String store, String rule) {
        declared.stream("STORE", "{subjects: [%s]}".formatted(store));
        DeclaredConsumer worker = declared.consumer("worker", 0, "SOURCE", "STORE", letter("", template));
        assertThat(refusal(worker)).startsWith(rule);
        declared.stream("SOURCE", "{subjects: [orders.>], subjectTransform: {source: orders.>, dest: new.>}}");
        assertThat(refusal(worker)).startsWith(rule);
        declared.stream("SOURCE", "{mirror: {name: ORIGIN}}");
        assertThat(refusal(worker)).startsWith(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {retention: workqueue}      | retention: workqueue
                    {retention: interest}       | retention: interest
                    {mirror: {name: ORIGIN}}    | is a mirror
                    {noAck: true}               | remove noAck
                    """)
    void aStreamThatCannotStoreLettersIsRefused(String spec, String message) {
        declared.stream("SOURCE", "{subjects: [orders.>]}");
        declared.stream("STORE", spec);
        assertThat(refusal(declared.consumer("worker", 0, "SOURCE", "STORE", letter("", ""))))
                .startsWith("STREAM spec.deadLetter: the Stream resource shop/STORE")
                .contains(message);
    }

    @Test
    void aStreamThatNoResourceDeclaresIsTakenAsItIs() {
        declared.stream("SOURCE", "{subjects: [orders.>]}");
        assertThat(refusal(declared.consumer("worker", 0, "SOURCE", "STORE", letter("", ""))))
                .isEqualTo("none");
    }

    @Test
    void theStreamOfTheMessagesIsNoStreamForTheirLetters() {
        assertThat(refusal(declared.consumer("worker", 0, "SOURCE", "SOURCE", letter("", ""))))
                .startsWith("LOOP ")
                .contains("the stream that they come from");
    }

    @Test
    void aStreamOfAnotherConnectionIsRefused() {
        assertThat(refusal(declared.consumer("worker", 0, "SOURCE", "STORE@far", letter("", ""))))
                .startsWith("STREAM spec.deadLetter.streamRef")
                .contains("by spec.deadLetter.streamName");
    }

    @Test
    void theYoungestConsumerOfALoopIsRefused() {
        List<DeclaredConsumer> loop = List.of(
                declared.consumer("one", 1, "A", "B", letter("", "")),
                declared.consumer("three", 3, "B", "C", letter("", "")),
                declared.consumer("two", 2, "C", "A", letter("", "")));
        assertThat(refusal(loop.get(0))).isEqualTo("none");
        assertThat(refusal(loop.get(2))).isEqualTo("none");
        assertThat(refusal(loop.get(1)))
                .startsWith("LOOP ")
                .contains("from B to C, to A as dead letters of the Consumer shop/two, to B as dead letters of the"
                        + " Consumer shop/one");
    }

    @Test
    void wayThatEndsIsNoLoop() {
        declared.consumer("one", 1, "A", "B", letter("", ""));
        declared.consumer("two", 2, "B", "C", letter("", ""));
        declared.consumer("other", 3, "C", "B", letter("", ""));
        assertThat(refusal(declared.consumer("worker", 4, "D", "A", letter("", ""))))
                .isEqualTo("none");
    }

    @Test
    void aStreamThatCopiesLettersBackMakesALoopUnlessItsFilterLeavesThemOut() {
        DeclaredConsumer worker = declared.consumer("worker", 0, "SOURCE", "STORE", letter("orders.>", ""));
        declared.stream("COPY", "{subjects: [], sources: [{name: STORE}]}");
        assertThat(refusal(worker)).isEqualTo("none");
        declared.stream("SOURCE", "{subjects: [orders.>], sources: [{name: COPY}]}");
        assertThat(refusal(worker))
                .startsWith("LOOP ")
                .contains("to COPY, which copies it, to SOURCE, which copies it");
        declared.stream("COPY", "{subjects: [], sources: [{name: STORE, filterSubject: retry.>}]}");
        assertThat(refusal(worker)).isEqualTo("none");
        declared.stream("COPY", "{subjects: [], sources: [{name: STORE, filterSubject: dead-letters.>}]}");
        assertThat(refusal(worker)).startsWith("LOOP ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    {maxAge: 7d}  | {maxAge: 7d}              | -
                    {maxAge: 7d}  | {}                        | -
                    {}            | {maxAge: 0s}              | -
                    {maxAge: 7d}  | {maxAge: 1h}              | keeps letters for 1h (maxAge), and messages stay in SOURCE for 7d
                    {}            | {maxAge: 1h}              | messages stay in SOURCE for ever
                    {}            | {maxMsgsPerSubject: 1}    | no more than 1 letters of each subject (maxMsgsPerSubject)
                    {}            | {maxMsgsPerSubject: -1}   | -
                    """)
    void lettersThatAreNotKeptForLongAreWarnedOf(String source, String store, String warning) {
        declared.stream("SOURCE", source);
        declared.stream("STORE", store);
        Optional<String> told = rules.warning(declared.consumer("worker", 0, "SOURCE", "STORE", letter("", "")));
        if (warning == null) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told.orElseThrow()).contains(warning);
        }
    }

    @Test
    void moreFiltersThanAreLookedAtAreNotRefused() {
        declared.stream("SOURCE", "{subjects: [orders.>]}");
        declared.stream("STORE", "{subjects: [dead.x.>]}");
        StringBuilder filters = new StringBuilder();
        for (int i = 0; i < LetterSubjects.PATTERNS; i++) {
            filters.append("orders.x.").append(i).append(' ');
        }
        DeclaredConsumer last =
                declared.consumer("worker", 0, "SOURCE", "STORE", letter(filters + "orders.y", "dead.{token(2)}.any"));
        assertThat(refusal(last)).isEqualTo("none");
    }
}
