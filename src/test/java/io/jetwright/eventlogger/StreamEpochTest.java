package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nats.client.api.StreamInfo;
import io.nats.client.support.JsonParser;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamEpochTest {
    private static final String CREATED = "2026-02-13T08:19:35.123456789Z";
    private static final byte[] NOTHING = {};

    private static StreamInfo stream(String created, long last, String lastTime) {
        return new StreamInfo(JsonParser.parseUnchecked("""
                {"config": {"name": "EVENTS"}, "created": "%s",
                 "state": {"messages": 1, "bytes": 1, "first_seq": 1, "last_seq": %d, "last_ts": "%s", "consumer_count": 0}}
                """.formatted(created, last, lastTime)));
    }

    private static StreamInfo stream(long last) {
        return stream(CREATED, last, time(last).toString());
    }

    /** Of a message, which comes a second after the one before it. */
    private static Instant time(long sequence) {
        return Instant.parse("2026-03-01T00:00:00.000000001Z").plusSeconds(sequence);
    }

    private static FakeMessageSource messages(long first, long last) {
        var source = new FakeMessageSource();
        for (long sequence = first; sequence <= last; sequence++) {
            source.add(sequence, time(sequence), NOTHING);
        }
        return source;
    }

    private final StreamEpoch epoch = StreamEpoch.of(stream(6));

    @Test
    void isReadAsItWasWritten() {
        assertThat(StreamEpoch.parse(epoch.toString())).isEqualTo(epoch);
        assertThat(StreamEpoch.parse(StreamEpoch.of(stream(CREATED, 0, "0001-01-01T00:00:00Z"))
                        .toString()))
                .isEqualTo(new StreamEpoch(epoch.created(), new EventId(0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1", "a.7", "a.7-", "a.7-b c", CREATED, "zzzzzzzzzzzzz.7-a", "a.7-zzzzzzzzzzzzz"})
    void anythingElseIsABadRequest(String text) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> StreamEpoch.parse(text))
                .withMessage("epoch is none of those that this stream has given out")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void aStreamThatGetsOnIsTheSame() throws Exception {
        assertThat(epoch.isOf(stream(6), messages(1, 6))).isTrue();
        assertThat(epoch.isOf(stream(9), messages(1, 9))).isTrue();
    }

    @Test
    void aStreamThatHasLostMessagesByItsLimitsIsTheSame() throws Exception {
        assertThat(epoch.isOf(stream(9), messages(8, 9))).isTrue();
        assertThat(epoch.isOf(stream(9), messages(1, 0))).isTrue();
        assertThat(epoch.isOf(stream(6), messages(1, 5))).isTrue();
    }

    @Test
    void aStreamThatIsCreatedAgainIsAnother() throws Exception {
        assertThat(epoch.isOf(stream("2026-02-13T08:19:35.123456788Z", 6, time(6).toString()), messages(1, 6)))
                .isFalse();
    }

    @Test
    void aStreamThatWasSetBackIsAnother() throws Exception {
        assertThat(epoch.isOf(stream(3), messages(1, 3))).isFalse();
        assertThat(epoch.isOf(stream(0), messages(1, 0))).isFalse();
    }

    @Test
    void soItIsWhenItHasGotAsFarAgain() throws Exception {
        FakeMessageSource others = messages(1, 3)
                .add(4, time(10), NOTHING)
                .add(5, time(11), NOTHING)
                .add(6, time(12), NOTHING)
                .add(7, time(13), NOTHING);

        assertThat(epoch.isOf(stream(CREATED, 7, time(13).toString()), others)).isFalse();
    }

    @Test
    void aStreamThatNeverHadAMessageGetsSome() throws Exception {
        assertThat(StreamEpoch.of(stream(CREATED, 0, "0001-01-01T00:00:00Z")).isOf(stream(3), messages(1, 3)))
                .isTrue();
    }
}
