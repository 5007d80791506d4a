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
    @CsvSource({
        "deploy, deploy, true",
        "deploy, deploys, false",
        "user.*, user.login, true",
        "user.*, user, false",
        "user.*, user.login.web, false",
        "*.login, user.login, true",
        "user.>, user.login.web, true",
        "user.>, user, false",
        ">, anything.at.all, true",
        "*, a, true",
        "*, a.b, false",
        "a.*.c, a.b.c, true",
        "a.*.c, a.b.d, false",
        "a.*.>, a.b, false",
        "a.*.>, a.b.c.d, true"
    })
    void patternsMatchAsInNats(String pattern, String subject, boolean matches) {
        assertThat(Subjects.patternFault(pattern)).isNull();
        assertThat(Subjects.matches(pattern, subject)).isEqualTo(matches);
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

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b, true",
        "a.b, a.c, false",
        "a.*, a.b, true",
        "a.*, *.b, true",
        "a.*, a.b.c, false",
        "a.>, a, false",
        "a.>, a.b, true",
        "a.>, *.b.c, true",
        ">, a, true",
        "a.>, b.>, false"
    })
    void patternsOverlapIfASubjectMatchesBoth(String one, String other, boolean isBoth) {
        assertThat(Subjects.overlap(one, other)).isEqualTo(isBoth);
        assertThat(Subjects.overlap(other, one)).isEqualTo(isBoth);
    }

    @ParameterizedTest
    @CsvSource({
        "a.>, a.b, true",
        "a.>, a.*, true",
        "a.>, a.b.>, true",
        "a.>, a.>, true",
        "a.>, a, false",
        "a.>, >, false",
        ">, a.*, true",
        "a.*, a.b, true",
        "a.*, a.*, true",
        "a.*, a.>, false",
        "a.*, a.b.c, false",
        "a.*.>, a.>, false",
        "a.b, a.*, false",
        "a.b, a.b, true",
        "a.b, a.b.c, false"
    })
    void aPatternCoversAnotherIfAllItsSubjectsMatch(String wide, String narrow, boolean isCovered) {
        assertThat(Subjects.covers(wide, narrow)).isEqualTo(isCovered);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b, a.b",
        "a.b, a.c, ",
        "a.*, *.b, a.b",
        "a.>, *.b.c, a.b.c",
        "a.>, a.>, a.>",
        "a.>, >, a.>",
        "a.>, a.*.>, a.*.>",
        "a.>, a, ",
        "a, a.>, ",
        "a.*, a.b.c, ",
        "*.*, a.>, a.*",
        ">, *, *"
    })
    void theIntersectionOfTwoPatternsIsAPattern(String one, String other, String both) {
        assertThat(Subjects.intersection(one, other)).isEqualTo(both);
        assertThat(Subjects.intersection(other, one)).isEqualTo(both);
    }
}
