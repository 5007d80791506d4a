package io.jetwright.eventlogger;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private final FakeCursors cursors = new FakeCursors();
    private final CatchUp catchUp = new CatchUp(cursors, MemoryBudget.of(128 << 20));

    /** A stream with the sequences 1 to 3; each cursor on it takes as long to open as a test wants. */
    private static final class FakeCursors implements StreamCursors {
        private final AtomicInteger opening = new AtomicInteger();
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final CountDownLatch third = new CountDownLatch(3);
        private int delivered = 3;
        private long milliseconds;

        @Override
        public @Nullable StreamCursor open(StreamCursor.Request request) throws IOException, JetStreamApiException {
            int now = opening.incrementAndGet();
            opened.incrementAndGet();
            most.accumulateAndGet(now, Math::max);
            try {
                third.countDown();
                third.await(milliseconds, TimeUnit.MILLISECONDS);
                return StreamCursor.of(FakeOrderedMessages.of(1, 2, 3).limit(delivered), StreamFixtures.DECODER);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                opening.decrementAndGet();
            }
        }

        @Override
        public OptionalLong lastSequence() {
            return OptionalLong.of(3);
        }
    }

    private CompletableFuture<CatchUp.@Nullable Part> read(long sequence) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return catchUp.read(sequence, null, null, () -> true);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private static CatchUp.Part part(CompletableFuture<CatchUp.@Nullable Part> reading) {
        return Objects.requireNonNull(reading.join());
    }

    /** Of six at once the first two wait in vain for a third. */
    @Test
    void twoAreReadForAtATimeAndTheOthersWaitInLine() {
        cursors.milliseconds = 300;
        List<CompletableFuture<CatchUp.@Nullable Part>> readings = new ArrayList<>();
        for (long sequence = 1; sequence <= 6; sequence++) {
            readings.add(read(sequence));
        }
        await().until(() -> catchUp.listeners() == 6 || cursors.opened.get() > 2);

        for (CompletableFuture<CatchUp.@Nullable Part> each : readings) {
            try (CatchUp.Part part = part(each)) {
                assertThat(part.events()).hasSize(3);
            }
        }
        assertThat(cursors.most.get()).isEqualTo(2);
        assertThat(cursors.opened.get()).isEqualTo(6);
        assertThat(catchUp.listeners()).isZero();
        assertThat(catchUp.room().used()).isZero();
    }

    @Test
    void whoWantsTheSameWhileItIsSentGetsTheSame() {
        cursors.delivered = 2; // so that it does not end with the stream
        CatchUp.Part first = part(read(1));
        CatchUp.Part second = part(read(1));

        assertThat(second).isSameAs(first);
        assertThat(cursors.opened.get()).isEqualTo(1);
        first.close();
        assertThat(catchUp.room().used()).isEqualTo(first.bytes()).isPositive();
        second.close();
        assertThat(catchUp.room().used()).isZero();
        part(read(1)).close();
        assertThat(cursors.opened.get()).isEqualTo(2);
    }

    @Test
    void whatEndsWithTheStreamIsReadAgainForEach() {
        try (CatchUp.Part first = part(read(1));
                CatchUp.Part second = part(read(1))) {
            assertThat(first.isAtEnd()).isTrue();
            assertThat(second).isNotSameAs(first);
        }
    }
}
