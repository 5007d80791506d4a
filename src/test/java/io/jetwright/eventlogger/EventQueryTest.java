package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueryTest {
    private static final Event EVENT = new Event(42, "user.login", Instant.parse("2026-02-13T08:19:35Z"), new byte[0]);

    private static EventQuery query(@Nullable String limit, @Nullable String name, @Nullable String since) {
        return EventQuery.of(Optional.ofNullable(limit), Optional.ofNullable(name), Optional.ofNullable(since));
    }

    @ParameterizedTest
    @CsvSource({
        ", , true",
        "user.*, , true",
        "user.login, 42, true",
        "deploy, , false",
        ", 42, true",
        ", 43, false",
        ", 0, true",
        ", 2026-02-13T08:19:35Z, true",
        ", 2026-02-13T09:19:35+01:00, true",
        ", 2026-02-13T09:19:35 01:00, true",
        ", 2026-02-13T08:19:35.001Z, false",
        "deploy, 1, false"
    })
    void whatItMatches(@Nullable String name, @Nullable String since, boolean matches) {
        assertThat(query(null, name, since).matches(EVENT)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5", "1e3", " 1", "9999999999999999999"})
    void aLimitIsANumber(String limit) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> query(limit, null, null))
                .withMessageStartingWith("limit ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", "a>", "a b"})
    void aNameIsAPattern(String name) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> query(null, name, null))
                .withMessageStartingWith("name ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-02-13", "-5", "08:19"})
    void sinceIsATimeOrASequence(String since) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> query(null, null, since))
                .withMessageStartingWith("since ");
    }
}
