package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodiesTest {
    private static final int MAX_MESSAGE_SIZE = 1_000;
    private static final int LIMIT = MAX_MESSAGE_SIZE + RequestBodies.OVERHEAD;
    private static final int CAPACITY = 4 * LIMIT;

    private final RequestBodies bodies = new RequestBodies(CAPACITY, Duration.ZERO);

    private static InputStream body(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }

    private int read(OptionalLong contentLength, InputStream content) {
        return bodies.read(contentLength, content, MAX_MESSAGE_SIZE, body -> body.length);
    }

    /** Has the rest of the capacity read, which fails if some of it was not released. */
    private void assertNothingIsHeld() {
        int length = bodies.read(OptionalLong.of(CAPACITY), body(CAPACITY), CAPACITY, body -> body.length);
        assertThat(length).isEqualTo(CAPACITY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MAX_MESSAGE_SIZE, LIMIT})
    void readsABodyUpToTheLimit(int length) {
        assertThat(read(OptionalLong.of(length), body(length))).isEqualTo(length);
        assertThat(read(OptionalLong.empty(), body(length))).isEqualTo(length);
        assertNothingIsHeld();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void refusesALargerBodyAfterItWasSent(boolean isLengthKnown) throws IOException {
        InputStream content = body(LIMIT + 1);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(isLengthKnown ? OptionalLong.of(LIMIT + 1) : OptionalLong.empty(), content))
                .withMessageContaining("larger than the 1000 bytes")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(413));
        assertThat(content.available()).isZero();
        assertNothingIsHeld();
    }

    @Test
    void doesNotReadAVeryLargeBodyToItsEnd() throws IOException {
        InputStream content = body(100 * CAPACITY);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(OptionalLong.of(100L * CAPACITY), content))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(413));
        assertThat(content.available()).isBetween(98 * CAPACITY, 99 * CAPACITY);
    }

    @Test
    void aBodyThatCannotBeReadIsABadRequest() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(OptionalLong.of(10), broken))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400))
                .satisfies(problem -> assertThat(problem.headers()).containsEntry("Connection", "close"));
        assertNothingIsHeld();
    }

    @Test
    void aBodyCountsWhileItIsUsed() {
        String outcome = bodies.read(OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, body -> {
            assertThat(read(OptionalLong.of(LIMIT), body(LIMIT))).isEqualTo(LIMIT);
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(
                            () -> bodies.read(OptionalLong.of(CAPACITY), body(CAPACITY), CAPACITY, each -> each.length))
                    .withMessage("too many large requests are under way")
                    .satisfies(problem -> assertThat(problem.status()).isEqualTo(503));
            return "used";
        });

        assertThat(outcome).isEqualTo("used");
        assertNothingIsHeld();
    }

    @Test
    void aBodyOfUnknownLengthCountsAsOneOfTheLimit() {
        bodies.read(OptionalLong.empty(), body(0), MAX_MESSAGE_SIZE, body -> {
            int rest = CAPACITY - LIMIT;
            assertThat((int) bodies.read(OptionalLong.of(rest), body(rest), rest, each -> each.length))
                    .isEqualTo(rest);
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> bodies.read(OptionalLong.of(rest + 1), body(1), rest, each -> each.length));
            return "";
        });
    }

    @Test
    void waitsForRoom() throws InterruptedException {
        var patient = new RequestBodies(LIMIT, Duration.ofMinutes(1));
        var isHeld = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(
                () -> patient.read(OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, body -> {
                    isHeld.countDown();
                    return awaitUninterruptibly(mayEnd);
                }));
        isHeld.await();
        Thread.startVirtualThread(mayEnd::countDown);

        int length = patient.read(OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, body -> body.length);

        assertThat(length).isEqualTo(LIMIT);
        first.join();
    }

    private static String awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "";
    }

    @Test
    void aRequestThatIsInterruptedWhileItWaitsIsToldThatTheReplicaEnds() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(OptionalLong.of(1), body(1)))
                .withMessage("this replica is ending");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFailureOfWhatUsesTheBodyReleasesIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> bodies.read(OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, body -> {
                    throw new IllegalStateException("broken");
                }));
        assertNothingIsHeld();
    }
}
