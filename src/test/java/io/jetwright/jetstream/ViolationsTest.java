package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViolationsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "Permissions Violation for Publish to \"$JS.API.INFO\", $JS.API.INFO, false",
                "'permissions violation for publish to \"a.b\"', a.b, false",
                "Permissions Violation for Subscription to \"_INBOX.x.*\", none, true",
                "Permissions Violation for Subscription to \"orders\", none, false",
                "Authorization Violation, none, false"
            })
    void theErrorTellsWhatIsForbidden(String error, @Nullable String subject, boolean isOfInbox) {
        assertThat(Violations.publication(error).orElse(null)).isEqualTo(subject);
        assertThat(Violations.isOfInbox(error)).isEqualTo(isOfInbox);
    }
}
