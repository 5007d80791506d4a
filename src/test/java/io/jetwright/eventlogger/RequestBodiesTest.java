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

    /** A body of the limit is read in five pieces of 16 KiB. */
    private static final int ROOM = 5 << 14;

    private static final Client CLIENT = new Client("client", new Deadline());
    private static final Client OTHER = new Client("other", new Deadline());

    private final RequestBodies bodies = bodies(4 * ROOM, Duration.ZERO);

    private static RequestBodies bodies(int room, Duration timeout) {
        return new RequestBodies(new MemoryBudget(LIMIT, 0, 0, 0, 0, room, 2 * LIMIT, 0), timeout);
    }

    private static InputStream body(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }

    private int read(Client client, OptionalLong contentLength, InputStream content) {
        return bodies.read(client, contentLength, content, MAX_MESSAGE_SIZE, body -> body.length);
    }

    private int read(OptionalLong contentLength, InputStream content) {
        return read(CLIENT, contentLength, content);
    }

    private void assertNothingIsHeld() {
        assertThat(bodies.room().used()).isZero();
        assertThat(bodies.publishing().used()).isZero();
        assertThat(CLIENT.deadline().isOver()).isFalse();
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
        InputStream content = body(100 * ROOM);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(OptionalLong.of(100L * ROOM), content))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(413));
        assertThat(content.available()).isBetween(95 * ROOM, 97 * ROOM);
    }

    @Test
    void whatDoesNotFitIntoTheMemoryIsTooLargeEvenIfTheServerWouldTakeIt() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> bodies.read(
                        CLIENT, OptionalLong.empty(), body(LIMIT + 1), Integer.MAX_VALUE, body -> body.length))
                .withMessageContaining("larger than the 1000 bytes");
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
        bodies.read(CLIENT, OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, body -> {
            assertThat(bodies.room().used()).isEqualTo(ROOM);
            assertThat(bodies.publishing().used()).isEqualTo(LIMIT);
            return "";
        });

        assertNothingIsHeld();
    }

    /** Of a request that says that it is large, and sends nothing, nothing is held but a piece. */
    @Test
    void roomIsTakenAsTheBodyComes() {
        var silent = new InputStream() {
            private final InputStream content = body(LIMIT);

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int pieces = (LIMIT - content.available()) / (1 << 14) + 1;
                assertThat(length == 0 || bodies.room().used() == pieces << 14).isTrue();
                return content.read(target, offset, length);
            }

            @Override
            public int read() {
                throw new AssertionError("one by one");
            }
        };

        assertThat(read(OptionalLong.of(LIMIT), silent)).isEqualTo(LIMIT);
    }

    @Test
    void oneClientHasHalfOfTheRoomAtMost() {
        bodies.read(CLIENT, OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, first -> {
            bodies.read(CLIENT, OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, second -> {
                assertThatExceptionOfType(Problem.class)
                        .isThrownBy(() -> read(OptionalLong.of(1), body(1)))
                        .withMessage("too many large requests of this address are under way")
                        .satisfies(problem -> assertThat(problem.status()).isEqualTo(503));
                return "";
            });
            return "";
        });

        assertThat(read(OptionalLong.of(1), body(1))).isOne();
        assertNothingIsHeld();
    }

    @Test
    void whatDoesNotFitIsRefusedAndCounted() {
        bodies.read(CLIENT, OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, first -> {
            bodies.read(OTHER, OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, second -> {
                assertThatExceptionOfType(Problem.class)
                        .isThrownBy(() -> read(OTHER, OptionalLong.of(1), body(1)))
                        .withMessage("too many large requests are under way")
                        .satisfies(problem -> assertThat(problem.headers()).containsEntry("Retry-After", "2"));
                return "";
            });
            return "";
        });

        assertThat(bodies.publishing().refused()).isOne();
        assertNothingIsHeld();
    }

    @Test
    void waitsForRoom() throws InterruptedException {
        var patient = bodies(ROOM, Duration.ofMinutes(1));
        var isHeld = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(
                () -> patient.read(OTHER, OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, body -> {
                    isHeld.countDown();
                    return awaitUninterruptibly(mayEnd);
                }));
        isHeld.await();
        Thread.startVirtualThread(mayEnd::countDown);

        int length = patient.read(CLIENT, OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, body -> body.length);

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
    void aRequestThatIsInterruptedIsToldThatTheReplicaEnds() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(OptionalLong.of(1), body(1)))
                .withMessage("this replica is ending");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFailureOfWhatUsesTheBodyReleasesIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> bodies.read(CLIENT, OptionalLong.of(LIMIT), body(LIMIT), MAX_MESSAGE_SIZE, body -> {
                    throw new IllegalStateException("broken");
                }));
        assertNothingIsHeld();
    }
}
