package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
    @ParameterizedTest
    @ValueSource(strings = {"deploy", "user.login", "a-b_c", "ñandú.día", "$JS", "x/y", "<script", "1"})
    void aNameIsTokensWithDotsBetweenThem(String name) {
        assertThat(Subjects.fault(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "user.*", "*.login", "user.>", ">", "*", "a.*.c", "a.*.>"})
    void aPatternThatNatsTakesHasNoFault(String pattern) {
        assertThat(Subjects.patternFault(pattern)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", is empty",
                "\"a b\", space",
                "\"a\tb\", space",
                "\"a\u00a0b\", space",
                "\"a\u0000b\", control character",
                "\"a\r\nPUB x 1\", space",
                "\"a\u202eb\", control character",
                "*, wildcard",
                "a.*, wildcard",
                "a*, wildcard",
                ">, wildcard",
                "a.>, wildcard",
                ".a, empty token",
                "a., empty token",
                "a..b, empty token",
                "., empty token",
                ".., empty token",
                "../x, empty token"
            })
    void aNameThatCouldNotBeASubjectIsToldWhatIsWrong(String name, String fault) {
        assertThat(Subjects.fault(name)).contains(fault);
    }

    @Test
    void aNameHasItsLimit() {
        assertThat(Subjects.fault("a".repeat(Subjects.MAX_LENGTH))).isNull();
        assertThat(Subjects.fault("a".repeat(Subjects.MAX_LENGTH + 1))).contains("255");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", is empty",
                "a..b, empty token",
                ">.a, elsewhere",
                "a>, elsewhere",
                "a.>.b, elsewhere",
                "a*, part of a token",
                "a.b*.c, part of a token",
                "\"a b\", space"
            })
    void aPatternThatNatsWouldNotTakeIsToldWhatIsWrong(String pattern, String fault) {
        assertThat(Subjects.patternFault(pattern)).contains(fault);
    }

    @Test
    void prefixesAreThoseOfSubjectsWhoseOnlyWildcardIsTheLastToken() {
        assertThat(Subjects.prefixes(List.of("orders", "shop.events.*", "shop.events.>", "other.>")))
                .containsExactly("shop.events", "other");
        assertThat(Subjects.prefixes(List.of("*.events.>", ">", "orders"))).isEmpty();
        assertThat(Subjects.prefixes(List.of())).isEmpty();
    }
}
