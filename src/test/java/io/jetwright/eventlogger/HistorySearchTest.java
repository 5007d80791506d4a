package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistorySearchTest {
    private static final HistoryFilter EXACT = HistoryFilter.all(StreamFixtures.view(List.of(), List.of(), ""));
    private static final HistoryFilter BY_HEADER =
            new HistoryFilter(List.of(), EXACT.view(), null, List.of(new HeaderFilter("Wanted", null)));

    private final NavigableSet<Long> there = new TreeSet<>();
    private long wantedEvery = 1;
    private int read;

    /** A stream in memory. */
    private final class Source implements MessageSource {
        @Override
        public long count(long sequence) {
            return there.tailSet(sequence).size();
        }

        @Override
        public long sequenceAt(Instant time) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoredMessage first(long sequence, boolean isHeadersOnly) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Messages from(long sequence, boolean isHeadersOnly) {
            Iterator<Long> rest = there.tailSet(sequence).iterator();
            assertThat(isHeadersOnly).isTrue();
            return new Messages() {
                @Override
                public @Nullable StoredMessage next() {
                    if (!rest.hasNext()) {
                        return null;
                    }
                    read++;
                    long next = rest.next();
                    return new StoredMessage(
                            next,
                            "a",
                            Instant.EPOCH,
                            new byte[0],
                            next % wantedEvery == 0 ? Map.of("Wanted", List.of("1")) : Map.of(),
                            0);
                }

                @Override
                public void close() {}
            };
        }
    }

    private void fill(long first, long last) {
        LongStream.rangeClosed(first, last).forEach(there::add);
    }

    private HistorySearch search(HistoryFilter filter, int limit, boolean isLate) {
        return new HistorySearch(
                new Source(),
                filter,
                there.isEmpty() ? 1 : there.first(),
                there.isEmpty() ? 0 : there.last(),
                limit,
                () -> isLate);
    }

    @Test
    void theNewestBeforeAPlaceAreFoundAcrossGaps() throws Exception {
        fill(1, 10);
        fill(1_000_000, 1_000_003);

        assertThat(search(EXACT, 6, false).older(1_000_004)).isEqualTo(new HistoryRange(9, 1_000_004, 9L, null, true));
        assertThat(search(EXACT, 14, false).older(1_000_004))
                .isEqualTo(new HistoryRange(1, 1_000_004, null, null, true));
        assertThat(search(EXACT, 2, false).older(1_000_000))
                .isEqualTo(new HistoryRange(9, 1_000_000, 9L, 1_000_000L, true));
        assertThat(search(EXACT, 2, false).older(1)).isEqualTo(new HistoryRange(1, 1, null, 1L, true));
    }

    @Test
    void theOldestFromAPlaceOnAreFound() throws Exception {
        fill(5, 10);
        fill(20, 30);

        assertThat(search(EXACT, 3, false).newer(9)).isEqualTo(new HistoryRange(9, 21, 9L, 21L, true));
        assertThat(search(EXACT, 6, false).newer(1)).isEqualTo(new HistoryRange(5, 11, null, 20L, true));
        assertThat(search(EXACT, 6, false).newer(25)).isEqualTo(new HistoryRange(25, 31, 25L, null, true));
        assertThat(search(EXACT, 6, false).newer(99)).isEqualTo(new HistoryRange(31, 31, 31L, null, true));
    }

    @Test
    void anEmptyStreamHasNothing() throws Exception {
        assertThat(search(EXACT, 3, false).older(1)).isEqualTo(HistoryRange.EMPTY);
        assertThat(search(EXACT, 3, false).newer(1)).isEqualTo(HistoryRange.EMPTY);
        assertThat(search(BY_HEADER, 3, false).older(1)).isEqualTo(HistoryRange.EMPTY);
    }

    @Test
    void aSearchByHeaderEndsWithWhatItWasAskedFor() throws Exception {
        fill(1, 5000);
        wantedEvery = 100;

        assertThat(search(BY_HEADER, 3, false).older(5001)).isEqualTo(new HistoryRange(4800, 5001, 4800L, null, true));
        assertThat(read).isLessThan(5000);
        assertThat(search(BY_HEADER, 3, false).newer(1)).isEqualTo(new HistoryRange(1, 301, null, 301L, true));
        assertThat(search(BY_HEADER, 50, false).older(5001)).isEqualTo(new HistoryRange(100, 5001, 100L, null, true));
        assertThat(search(BY_HEADER, 51, false).older(5001)).isEqualTo(new HistoryRange(100, 5001, null, null, true));
    }

    @Test
    void aSearchByHeaderReadsAtMostTenThousandMessagesAndSaysWhereItHasStopped() throws Exception {
        fill(1, 100_000);
        wantedEvery = 1_000_000;

        HistoryRange older = search(BY_HEADER, 3, false).older(100_001);

        assertThat(older.isComplete()).isFalse();
        assertThat(older.older()).isNotNull().isBetween(100_001L - HistorySearch.MAX_MESSAGES, 96_000L);
        assertThat(older.start()).isEqualTo(older.end());
        read = 0;
        HistoryRange newer = search(BY_HEADER, 3, false).newer(1);
        assertThat(read).isLessThanOrEqualTo(HistorySearch.MAX_MESSAGES);
        assertThat(newer.newer()).isEqualTo(read + 1L);
        assertThat(newer.isComplete()).isFalse();
    }

    @Test
    void aSearchByHeaderEndsWhenItIsLate() throws Exception {
        fill(1, 100);
        wantedEvery = 1000;

        assertThat(search(BY_HEADER, 3, true).older(101)).isEqualTo(new HistoryRange(101, 101, 101L, null, false));
        assertThat(search(BY_HEADER, 3, true).newer(1)).isEqualTo(new HistoryRange(1, 1, null, 2L, false));
    }
}
