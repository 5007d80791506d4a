package io.jetwright.letter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectPatternTest {
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
        assertThat(SubjectPattern.matches(one, other)).isEqualTo(common != null);
    }

    @Test
    void theRestOfAPatternIsOfEachLength() {
        assertThat(SubjectPattern.examples("a.*.>", "x", 3)).containsExactly("a.x.x", "a.x.x.x", "a.x.x.x.x");
        assertThat(SubjectPattern.examples("a.*", "x", 3)).containsExactly("a.x");
    }
}
