package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdatesTest {
    private static final Map<String, Updates> RULES = Map.of(
            "ANY", Updates.ANY,
            "NONE", Updates.NONE,
            "ON_ONLY", Updates.ON_ONLY,
            "STAYS_ON", Updates.STAYS_ON,
            "RETENTION", Updates.RETENTION,
            "MIRROR", Updates.MIRROR,
            "MAX_CONSUMERS", Updates.MAX_CONSUMERS,
            "MEM_STORAGE", Updates.MEM_STORAGE,
            "DELIVER_SUBJECT", Updates.DELIVER_SUBJECT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ANY             | 1            | 2            | 2.10.0  | true
            ANY             |              | 2            | 2.10.0  | true
            ANY             | 1            |              | 2.10.0  | true
            NONE            | 1            | 2            | 2.15.2  | false
            NONE            |              | 2            | 2.15.2  | false
            NONE            | 1            |              | 2.15.2  | false
            ON_ONLY         | false        | true         | 2.15.2  | true
            ON_ONLY         |              | true         | 2.15.2  | true
            ON_ONLY         | true         | false        | 2.15.2  | false
            ON_ONLY         | true         |              | 2.15.2  | false
            STAYS_ON        | false        | true         | 2.15.2  | true
            STAYS_ON        | true         |              | 2.15.2  | false
            RETENTION       | "limits"     | "interest"   | 2.10.0  | true
            RETENTION       | "interest"   | "limits"     | 2.10.0  | true
            RETENTION       | "interest"   |              | 2.10.0  | true
            RETENTION       | "limits"     | "workqueue"  | 2.15.2  | false
            RETENTION       |              | "workqueue"  | 2.15.2  | false
            RETENTION       | "workqueue"  | "interest"   | 2.15.2  | false
            RETENTION       | "workqueue"  |              | 2.15.2  | false
            MIRROR          | {"name":"A"} |              | 2.11.15 | false
            MIRROR          | {"name":"A"} |              | 2.12.0  | true
            MIRROR          | {"name":"A"} | {"name":"B"} | 2.15.2  | false
            MIRROR          |              | {"name":"B"} | 2.15.2  | false
            MAX_CONSUMERS   | 1            | 2            | 2.10.0  | false
            MAX_CONSUMERS   | 1            | 2            | 2.10.29 | false
            MAX_CONSUMERS   | 1            | 2            | 2.11.0  | false
            MAX_CONSUMERS   | 1            | 2            | 2.12.4  | false
            MAX_CONSUMERS   | 1            | 2            | 2.12.5  | true
            MAX_CONSUMERS   | 1            |              | 2.12.4  | false
            MAX_CONSUMERS   | 1            |              | 2.15.2  | true
            MEM_STORAGE     | false        | true         | 2.14.3  | true
            MEM_STORAGE     | true         |              | 2.14.3  | true
            MEM_STORAGE     | false        | true         | 2.14.4  | false
            MEM_STORAGE     | true         |              | 2.14.4  | false
            DELIVER_SUBJECT | "a"          | "b"          | 2.10.0  | true
            DELIVER_SUBJECT |              |              | 2.10.0  | true
            DELIVER_SUBJECT | ""           |              | 2.10.0  | true
            DELIVER_SUBJECT | "a"          |              | 2.15.2  | false
            DELIVER_SUBJECT |              | "a"          | 2.15.2  | false
            """)
    void aServerTakesTheseUpdatesOfAField(
            String rule, @Nullable String from, @Nullable String to, String server, boolean allowed) {
        assertThat(Objects.requireNonNull(RULES.get(rule)).allowed(json(from), json(to), ServerVersion.parse(server)))
                .isEqualTo(allowed);
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Specs.json(text);
    }
}
