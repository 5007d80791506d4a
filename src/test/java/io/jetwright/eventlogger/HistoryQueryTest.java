package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.helidon.common.uri.UriQuery;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryQueryTest {
    private static HistoryQuery query(String text) {
        return HistoryQuery.of(new QueryParameters(UriQuery.create(text)));
    }

    @Test
    void withoutParametersItIsTheNewestEvents() {
        assertThat(query("")).isEqualTo(new HistoryQuery(0, null, true, 50, null, null, List.of(), false, null));
        assertThat(query("").hasPlace()).isFalse();
    }

    @Test
    void fromAPlaceOnItIsWhatIsNewer() {
        assertThat(query("at=42&limit=7"))
                .isEqualTo(new HistoryQuery(42, null, false, 7, null, null, List.of(), false, null));
        assertThat(query("at=2026-02-13T08:19:35.5Z&direction=older"))
                .isEqualTo(new HistoryQuery(
                        0, Instant.parse("2026-02-13T08:19:35.5Z"), true, 50, null, null, List.of(), false, null));
        assertThat(query("at=2026-02-13T08:19:35+02:00").time()).isEqualTo("2026-02-13T06:19:35Z");
        assertThat(query("at=0").hasPlace()).isTrue();
    }

    @Test
    void filtersAreAllKept() {
        assertThat(query("subject=a.*&name=b&header=X&header=Y:1&format=jsonl"))
                .isEqualTo(new HistoryQuery(
                        0,
                        null,
                        true,
                        10_000,
                        "a.*",
                        "b",
                        List.of(new HeaderFilter("X", null), new HeaderFilter("Y", "1")),
                        true,
                        null));
    }

    @Test
    void anEpochIsReadAsItWasGivenOut() {
        var epoch = new StreamEpoch(1_700_000_000_000_000_000L, new EventId(42, 1_800_000_000_000_000_001L));

        assertThat(query("epoch=" + epoch).epoch()).isEqualTo(epoch);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch=2026-02-13T08:19:35Z, epoch is none of those that this stream has given out",
        "limit=0, limit is no number from 1 to 200",
        "limit=201, limit is no number from 1 to 200",
        "limit=x, limit is no number from 1 to 200",
        "limit=10001&format=jsonl, limit is no number from 1 to 10000",
        "format=csv, format is neither json nor jsonl",
        "direction=up, direction is neither older nor newer",
        "at=yesterday, at is neither a time nor a sequence of the stream",
        "at=-1, at is neither a time nor a sequence of the stream",
        "subject=a..b, subject has an empty token",
        "name=a%20b, name has a space",
        "header=:, header is no header's name"
    })
    void whatIsWrongIsSaid(String text, String message) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> query(text))
                .withMessageStartingWith(message)
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void tenHeadersAreTheMost() {
        assertThat(query("h" + "&header=a".repeat(10)).headers()).hasSize(10);
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> query("h" + "&header=a".repeat(11)));
    }
}
