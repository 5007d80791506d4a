package io.jetwright.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.DeadLetter;
import io.jetwright.api.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LetterTest {
    private static final LetterSubject SUBJECTS = new LetterSubject(DeadLetter.DEFAULT_SUBJECT, "orders", "worker");
    private static final byte[] PAYLOAD = {0, 1, (byte) 0xff};

    private static Death death(DeadLetterReason reason) {
        return new Death(
                reason, "orders", "worker", 7, 3, "no customer", Instant.parse("2026-11-26T18:00:00Z"), "ID", "");
    }

    private static OriginalMessage message(Header... headers) {
        return new OriginalMessage("orders.eu", 7, "2026-11-26T17:00:00Z", List.of(headers), PAYLOAD);
    }

    private static Optional<String> header(Letter letter, String name) {
        return letter.headers().stream()
                .filter(each -> each.name().equals(name))
                .map(Header::value)
                .findFirst();
    }

    @Test
    void itSaysWhatIsKnownOfTheDeath() {
        Letter letter = Letter.of(death(DeadLetterReason.TERMINATED), message(), SUBJECTS, Optional.of(99L));

        assertThat(letter.subject()).isEqualTo("dead-letters.orders.worker.orders.eu");
        assertThat(letter.payload()).isSameAs(PAYLOAD);
        assertThat(letter.isWhole()).isTrue();
        assertThat(letter.headers())
                .containsExactly(
                        new Header("Dead-Letter-Reason", "Terminated"),
                        new Header("Dead-Letter-Description", "no customer"),
                        new Header("Dead-Letter-Stream", "orders"),
                        new Header("Dead-Letter-Subject", "orders.eu"),
                        new Header("Dead-Letter-Sequence", "7"),
                        new Header("Dead-Letter-Consumer", "worker"),
                        new Header("Dead-Letter-Deliveries", "3"),
                        new Header("Dead-Letter-Published", "2026-11-26T17:00:00Z"),
                        new Header("Dead-Letter-Time", "2026-11-26T18:00:00Z"),
                        new Header("Dead-Letter-Redrives", "0"),
                        new Header("Dead-Letter-Id", "ID"),
                        new Header("Dead-Letter-Advisory", "99"));
    }

    @Test
    void whatOthersHavePutInHeadersTravelsWithIt() {
        Letter letter = Letter.of(
                death(DeadLetterReason.MAX_DELIVERIES),
                message(
                        new Header("Trace", "a"),
                        new Header("Trace", "b"),
                        new Header("NATS-ROLLUP", "all"),
                        new Header("Dead-Letter-Redrives", "4"),
                        new Header("dead-letter-reason", "mine"),
                        new Header("Name", "Grüße")),
                SUBJECTS,
                Optional.empty());

        assertThat(letter.headers())
                .contains(
                        new Header("Trace", "a"),
                        new Header("Trace", "b"),
                        new Header("Dead-Letter-Original-NATS-ROLLUP", "all"),
                        new Header("Dead-Letter-Original-dead-letter-reason", "mine"),
                        new Header("Name", "=?UTF-8?B?R3LDvMOfZQ==?="),
                        new Header("Dead-Letter-Redrives", "4"));
        assertThat(header(letter, "Dead-Letter-Advisory")).isEmpty();
        assertThat(header(letter, "Dead-Letter-Original-Dead-Letter-Redrives")).isEmpty();
    }

    @Test
    void ofWhatIsGoneItSaysWhy() {
        Letter terminated =
                Letter.gone(death(DeadLetterReason.TERMINATED), "orders.*", SUBJECTS, Optional.of(1L), true);
        Letter expired =
                Letter.gone(death(DeadLetterReason.MAX_DELIVERIES), "orders.*", SUBJECTS, Optional.of(1L), true);

        assertThat(terminated.subject()).isEqualTo("dead-letters.orders.worker.orders._");
        assertThat(terminated.payload()).isEmpty();
        assertThat(header(terminated, "Dead-Letter-Payload")).contains("gone");
        assertThat(header(terminated, "Dead-Letter-Subject")).isEmpty();
        assertThat(header(terminated, "Dead-Letter-Payload-Reason").orElseThrow())
                .contains("terminated");
        assertThat(header(expired, "Dead-Letter-Payload-Reason").orElseThrow()).contains("deleted, or has expired");
    }

    @Test
    void ofWhatIsTooLargeItSaysWhereItIs() {
        Letter pointer = Letter.pointer(
                death(DeadLetterReason.MAX_DELIVERIES),
                message(new Header("Large", "x".repeat(5000))),
                SUBJECTS,
                Optional.of(1L),
                "it has 9 bytes");

        assertThat(pointer.payload()).isEmpty();
        assertThat(pointer.isWhole()).isFalse();
        assertThat(pointer.headerBytes()).isLessThan(1000);
        assertThat(header(pointer, "Dead-Letter-Payload")).contains("too-large");
        assertThat(header(pointer, "Dead-Letter-Payload-Reason"))
                .contains("it has 9 bytes; the message stays in stream orders as 7");
    }

    @Test
    void theSizeOfItsHeadersIsWhatNatsMakesOfThem() {
        Letter letter = Letter.of(death(DeadLetterReason.TERMINATED), message(), SUBJECTS, Optional.empty());
        var text = new StringBuilder("NATS/1.0\r\n");
        letter.headers().forEach(each -> text.append(each.name() + ":" + each.value() + "\r\n"));
        text.append("\r\n");

        assertThat(letter.headerBytes()).isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8).length);
    }
}
