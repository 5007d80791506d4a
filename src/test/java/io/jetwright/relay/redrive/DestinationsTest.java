package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationsTest {
    private static final LetterStream DEAD = new LetterStream("DEAD", "2026-01-01T00:00:00Z");
    private static final StreamDirectory ACCOUNT = new StreamDirectory() {
        private final List<StreamFacts> streams = List.of(
                facts("WORK", "workqueue", "work.>"),
                facts("EVENTS", "limits", "events.>"),
                facts("ALONE", "interest", "alone.>"),
                facts("RETRY", "limits", "retry.>"),
                facts("UNREAD", "limits", "unread.>"),
                facts("QUEUE", "workqueue", "queue.>"),
                facts("DEAD", "limits", "dead.>"));

        @Override
        public Optional<StreamFacts> stream(String name) {
            return streams.stream().filter(each -> each.name().equals(name)).findFirst();
        }

        @Override
        public Optional<StreamFacts> taking(String subject) {
            return streams.stream().filter(each -> each.takes(subject)).findFirst();
        }

        @Override
        public List<ConsumerFacts> consumers(String stream) {
            ConsumerFacts own = new ConsumerFacts("worker", List.of());
            if (stream.equals("UNREAD") || stream.equals("QUEUE")) {
                return List.of(new ConsumerFacts("other", List.of("unread.other.>", "queue.other")));
            }
            return stream.equals("EVENTS")
                    ? Stream.concat(
                                    Stream.of(own, new ConsumerFacts("eu", List.of("events.eu.>", "events.uk"))),
                                    Stream.of("1", "2", "3", "4", "5", "6")
                                            .map(each -> new ConsumerFacts("many" + each, List.of("events.many"))))
                            .toList()
                    : List.of(own);
        }
    };

    private static StreamFacts facts(String name, String retention, String subject) {
        return new StreamFacts(name, "", retention, List.of(subject), Duration.ZERO, false, false, false, 1, 1, 1, 0);
    }

    private static Destination of(String stream, String subject, @Nullable String to) throws Exception {
        return of(stream, subject, to, true);
    }

    private static Destination of(String stream, String subject, @Nullable String to, boolean requiresConsumer)
            throws Exception {
        Headers headers = new Headers()
                .put("Dead-Letter-Stream", stream)
                .put("Dead-Letter-Subject", subject)
                .put("Dead-Letter-Sequence", "3")
                .put("Dead-Letter-Consumer", "worker");
        return new Destinations(ACCOUNT, DEAD, to, requiresConsumer).of(new StoredLetter(9, headers, new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "WORK, work.a, , work.a, WORK",
        "EVENTS, events.us.x, , events.us.x, EVENTS",
        "ALONE, alone.a, , alone.a, ALONE",
        "EVENTS, events.eu.x, retry.{consumer}.{subject}, retry.worker.events.eu.x, RETRY",
        "EVENTS, events.eu.x, retry.{stream}.{token(2)}, retry.EVENTS.eu, RETRY",
        "EVENTS, events.eu.x, '{subject}', events.eu.x, EVENTS",
        "RETRY, retry.worker.events.eu.x, retry.{consumer}.{subject}, retry.worker.events.eu.x, RETRY",
        "RETRY, retry.other.events.eu.x, retry.{consumer}.{subject}, retry.worker.retry.other.events.eu.x, RETRY",
        "RETRY, retry.eu.again, '{subject}.again', retry.eu.again, RETRY",
        "RETRY, retry.worker, retry.worker.{subject}, retry.worker.retry.worker, RETRY",
        "UNREAD, unread.other.a, '{subject}', unread.other.a, UNREAD",
        "QUEUE, queue.a, , queue.a, QUEUE"
    })
    void whereItReachesNoOtherConsumerOrIsToldTo(
            String stream, String subject, @Nullable String to, String expected, String target) throws Exception {
        assertThat(of(stream, subject, to)).isInstanceOfSatisfying(Destination.To.class, there -> {
            assertThat(there.subject()).isEqualTo(expected);
            assertThat(there.stream().name()).isEqualTo(target);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EVENTS | events.eu.x | | would also reach eu of the stream EVENTS, whose retention is limits
            EVENTS | events.many | | many1, many2, many3, many4, many5 ... of the stream
            GONE   | gone.a      | | no stream takes messages on gone.a
            OLD    | work.a      | | its subject work.a belongs to the stream WORK now, and no more to OLD
            UNREAD | unread.a    | | no consumer of the stream UNREAD gets messages on unread.a
            WORK   | work.a      | unread.{subject} | no consumer of the stream UNREAD gets messages on unread.work.a
            WORK   | work.a      | queue.{subject}  | to.requireConsumer: false
            WORK   | work.a      | dead.a | is a subject of the stream of dead letters DEAD itself
            WORK   | work.a      | 'x.{token(3)}' | a token that the subject work.a of dead letter 9 does not have
            """)
    void whereItMayNotItSaysWhyAndHow(String stream, String subject, @Nullable String to, String message)
            throws Exception {
        assertThat(of(stream, subject, to))
                .isInstanceOfSatisfying(Destination.Refused.class, refused -> assertThat(refused.message())
                        .contains(message));
    }

    @Test
    void whereNoConsumerIsRequiredItGoesWhereNoneIs() throws Exception {
        assertThat(of("WORK", "work.a", "unread.{subject}", false)).isInstanceOf(Destination.To.class);
    }

    @ParameterizedTest
    @CsvSource({"events.eu.x, worker eu", "events.us, worker", "events.many, worker many1 many2 many3 many4 ..."})
    void theFirstConsumersThatGetItAreNamed(String subject, String names) throws Exception {
        var there = (Destination.To) of("EVENTS", subject, "{subject}");
        assertThat(new Destinations(ACCOUNT, DEAD, null, true).consumers(there)).containsExactly(names.split(" "));
    }

    @Test
    void whoeverIsAskedIsAskedOncePerStream() throws Exception {
        var destinations = new Destinations(ACCOUNT, DEAD, null, true);
        var letter = new StoredLetter(
                9,
                new Headers()
                        .put("Dead-Letter-Stream", "WORK")
                        .put("Dead-Letter-Subject", "work.a")
                        .put("Dead-Letter-Sequence", "3"),
                new byte[0]);
        assertThat(((Destination.To) destinations.of(letter)).stream())
                .isSameAs(((Destination.To) destinations.of(letter)).stream());
    }
}
