package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            *     | *     | all namespaces
            *     | b     | namespace b
            b     | *     | namespace b
            *     | b,a   | namespaces a, b
            a     | b     |
            a,b   | b,c   | namespace b
            b,a,c | c,a,d | namespaces a, c
            """, delimiter = '|')
    void whatTwoScopesShare(String one, String other, String shared) {
        assertThat(Scope.of(one).sharedWith(Scope.of(other)).orElse(null)).isEqualTo(shared);
    }

    @Test
    void theTextIsInOrderAndCanBeReadAgain() {
        assertThat(Scope.of("b,a").text()).isEqualTo("a,b");
        assertThat(Scope.of("*").text()).isEqualTo("*");
        assertThat(Scope.of("b,a")).isEqualTo(Scope.of("a,b"));
    }
}
