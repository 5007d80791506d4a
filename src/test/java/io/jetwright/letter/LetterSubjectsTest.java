package io.jetwright.letter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LetterSubjectsTest {
    @Test
    void theRestOfAPatternIsOfEachLength() {
        assertThat(LetterSubjects.examples("a.*.>", "x", 3)).containsExactly("a.x.x", "a.x.x.x", "a.x.x.x.x");
        assertThat(LetterSubjects.examples("a.*", "x", 3)).containsExactly("a.x");
    }
}
