package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.helidon.common.uri.UriQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParametersTest {
    private static QueryParameters parameters(String query) {
        return new QueryParameters(UriQuery.create(query));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ",
        "limit=5, ",
        "name=a.b, a.b",
        "name=, ''",
        "name=a&name=b, a",
        "name=%C3%B1.%3E, ñ.>",
        "limit=5&name=a+b, a b"
    })
    void theFirstValueIsDecoded(String query, @Nullable String name) {
        if (name == null) {
            assertThat(parameters(query).first("name")).isEmpty();
        } else {
            assertThat(parameters(query).first("name")).hasValue(name);
        }
    }

    @Test
    void theEventQueryHasLimitNameAndSince() {
        assertThat(parameters("limit=5&name=user.*&since=42").eventQuery())
                .isEqualTo(new EventQuery(5, "user.*", 42, null));
        assertThat(parameters("since=2026-02-13T08:19:35Z").eventQuery())
                .isEqualTo(new EventQuery(null, null, 0, Instant.parse("2026-02-13T08:19:35Z")));
        assertThat(parameters("").eventQuery()).isEqualTo(new EventQuery(null, null, 0, null));
    }

    @Test
    void aWrongParameterIsABadRequest() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parameters("limit=-1").eventQuery())
                .withMessageStartingWith("limit is no number");
    }
}
