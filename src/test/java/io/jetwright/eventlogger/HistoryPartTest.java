package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryPartTest {
    private static final HistoryFilter ALL = HistoryFilter.all(StreamFixtures.view(List.of(), List.of(), ""));
    private static final HistoryRange RANGE = new HistoryRange(2, 9, null, null, true);
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");
    private static final int MUCH = 1 << 20;

    private final FakeMessageSource source = new FakeMessageSource();

    /** Messages 1 to 10, each of which has so many characters. */
    private void fill(int length) {
        for (long sequence = 1; sequence <= 10; sequence++) {
            source.add(sequence, Instant.EPOCH, "x".repeat(length).getBytes(UTF_8));
        }
    }

    private HistoryPart read(HistoryFilter filter, int limit, int bytes, boolean isNewest) throws Exception {
        return HistoryPart.read(source, filter, StreamFixtures.PAYLOADS, RANGE, limit, bytes, isNewest, false);
    }

    private static List<Long> sequences(HistoryPart part) {
        return part.events().stream()
                .map(each -> SEQUENCE.matcher(new String(each, UTF_8))
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .orElseThrow())
                .map(each -> Long.valueOf(each.substring(each.indexOf(':') + 1)))
                .toList();
    }

    @AfterEach
    void nothingStaysOpen() {
        assertThat(source.open()).isZero();
    }

    @Test
    void hasAllOfTheRangeAndNothingElse() throws Exception {
        fill(1);

        HistoryPart part = read(ALL, 50, MUCH, false);

        assertThat(sequences(part)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(part.first()).isEqualTo(2);
        assertThat(part.next()).isEqualTo(9);
    }

    @Test
    void saysWhereItGoesOnAfterSoMany() throws Exception {
        fill(1);

        HistoryPart part = read(ALL, 3, MUCH, false);

        assertThat(sequences(part)).containsExactly(2L, 3L, 4L);
        assertThat(part.next()).isEqualTo(5);
        assertThat(sequences(read(ALL, 7, MUCH, false))).hasSize(7);
        assertThat(read(ALL, 7, MUCH, false).next()).isEqualTo(9);
    }

    @Test
    void saysWhereItGoesOnAfterSoManyBytes() throws Exception {
        fill(1000);
        int one = read(ALL, 1, MUCH, false).events().getFirst().length;

        assertThat(sequences(read(ALL, 50, 3 * one, false))).containsExactly(2L, 3L, 4L);
        HistoryPart part = read(ALL, 50, 3 * one - 1, false);
        assertThat(sequences(part)).containsExactly(2L, 3L);
        assertThat(part.next()).isEqualTo(4);
    }

    @Test
    void hasOneEventEvenIfThatIsLarger() throws Exception {
        fill(1000);

        HistoryPart oldest = read(ALL, 50, 10, false);
        assertThat(sequences(oldest)).containsExactly(2L);
        assertThat(oldest.next()).isEqualTo(3);
        HistoryPart newest = read(ALL, 50, 10, true);
        assertThat(sequences(newest)).containsExactly(8L);
        assertThat(newest.first()).isEqualTo(8);
    }

    @Test
    void hasTheNewestOnesWhereTheseAreAskedFor() throws Exception {
        fill(1000);
        int one = read(ALL, 1, MUCH, false).events().getFirst().length;

        assertThat(sequences(read(ALL, 3, MUCH, true))).containsExactly(6L, 7L, 8L);
        HistoryPart part = read(ALL, 50, 2 * one, true);
        assertThat(sequences(part)).containsExactly(7L, 8L);
        assertThat(part.first()).isEqualTo(7);
        assertThat(part.next()).isEqualTo(9);
    }

    @Test
    void hasOnlyWhatTheFilterLetsThrough() throws Exception {
        fill(1);

        HistoryPart part = read(
                new HistoryFilter(List.of(), ALL.view(), null, List.of(new HeaderFilter("Number", "5"))),
                1,
                MUCH,
                false);

        assertThat(sequences(part)).containsExactly(5L);
        assertThat(part.next()).isEqualTo(9);
    }

    @Test
    void anEmptyRangeReadsNothing() throws Exception {
        fill(1);

        HistoryPart part =
                HistoryPart.read(source, ALL, StreamFixtures.PAYLOADS, HistoryRange.EMPTY, 50, MUCH, false, false);

        assertThat(part).isEqualTo(new HistoryPart(List.of(), 0, 1));
    }

    @Test
    void aLargePayloadIsCutUnlessItIsAskedForAsAWhole() throws Exception {
        fill(HistoryEvent.LARGE + 1);
        HistoryRange one = new HistoryRange(2, 3, null, null, true);

        assertThat(HistoryPart.read(source, ALL, StreamFixtures.PAYLOADS, one, 50, MUCH, false, false)
                        .events()
                        .getFirst()
                        .length)
                .isLessThan(HistoryEvent.LARGE);
        assertThat(HistoryPart.read(source, ALL, StreamFixtures.PAYLOADS, one, 50, MUCH, false, true)
                        .events()
                        .getFirst()
                        .length)
                .isGreaterThan(HistoryEvent.LARGE);
    }
}
