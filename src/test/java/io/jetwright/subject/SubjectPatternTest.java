package io.jetwright.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectPatternTest {
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
        assertThat(SubjectPattern.matches(pattern, subject)).isEqualTo(matches);
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
        assertThat(SubjectPattern.overlap(one, other)).isEqualTo(isBoth);
        assertThat(SubjectPattern.overlap(other, one)).isEqualTo(isBoth);
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
        assertThat(SubjectPattern.covers(wide, narrow)).isEqualTo(isCovered);
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
        assertThat(SubjectPattern.intersection(one, other).orElse(null)).isEqualTo(both);
        assertThat(SubjectPattern.intersection(other, one).orElse(null)).isEqualTo(both);
    }

    @ParameterizedTest
    @CsvSource({
        "a.>, a.b, true",
        "a.>, a.b.c, true",
        "a.>, a, false",
        "a.*, a.b, true",
        "a.*, a.>, false",
        "a.*, a.b.c, false",
        ">, a.>, true",
        "a.b, a.*, false",
        "a.>, a.*.c, true",
        "*.b, a.b, true",
        "a, a, true",
        "a.b, a, false"
    })
    void aPatternCoversAnother(String one, String other, boolean covers) {
        assertThat(SubjectPattern.covers(one, other)).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    a.b,   a.b,   a.b
                    a.*,   *.b,   a.b
                    a.>,   *.b.c, a.b.c
                    *.*,   a.>,   a.*
                    >,     a.>,   a.>
                    a.>,   a,     -
                    a.*,   a.b.c, -
                    a.b,   a.c,   -
                    """)
    void twoPatternsHaveThisInCommonWhicheverComesFirst(String one, String other, String common) {
        assertThat(SubjectPattern.intersection(one, other).orElse(null)).isEqualTo(common);
        assertThat(SubjectPattern.intersection(other, one).orElse(null)).isEqualTo(common);
        assertThat(SubjectPattern.overlap(one, other)).isEqualTo(common != null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.b       | a.b
            a.b c.*   | a.b c.*
            a.* *.b   | *.*
            a.>  *.b.c | *.>
            a.*.x a.y.* b.> | b.> a.*.*
            a.*.x a.y.* *.y.z | *.*.*
            a.b > | >
            """)
    void ofPatternsThatOverlapOneIsLeft(String patterns, String disjoint) {
        List<String> given = List.of(patterns.split(" +"));
        List<String> left = SubjectPattern.disjoint(given);

        assertThat(left).containsExactlyInAnyOrder(disjoint.split(" "));
        assertThat(given)
                .allSatisfy(each -> assertThat(left).anySatisfy(wide -> assertThat(SubjectPattern.covers(wide, each))
                        .isTrue()));
    }
}
