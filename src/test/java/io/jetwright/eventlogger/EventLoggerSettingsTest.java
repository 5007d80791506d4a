package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jetwright.eventlogger.EventLoggerSettings.Variable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventLoggerSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void withoutAnythingItIsTheSeedsEventLogger() {
        EventLoggerSettings settings = EventLoggerSettings.of(Map.of("HOSTNAME", "pod-1"));

        assertThat(settings.servers()).containsExactly(URI.create("nats://localhost:4222"));
        assertThat(settings.stream()).isEqualTo("EVENTS");
        assertThat(settings.consumer()).isEqualTo("event-logger");
        assertThat(settings.createConsumer()).isFalse();
        assertThat(settings.subjectPrefix()).isEmpty();
        assertThat(settings.subjects()).isEmpty();
        assertThat(settings.historySize()).isEqualTo(100);
        assertThat(settings.httpPort()).isEqualTo(8080);
        assertThat(settings.managementPort()).isEqualTo(8081);
        assertThat(settings.publishAccess()).isEqualTo(new PublishAccess(true, Optional.empty()));
        assertThat(settings.basePath()).isEmpty();
        assertThat(settings.instance()).isEqualTo("pod-1");
        assertThat(settings.jetStreamPrefix()).isEmpty();
        assertThat(settings.access().credentials()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"events, events", "events.>, events", "shop.events., shop.events"})
    void aPrefixMayBeWrittenAsASubject(String value, String prefix) {
        assertThat(EventLoggerSettings.of(Map.of("SUBJECT_PREFIX", value)).subjectPrefix())
                .hasValue(prefix);
    }

    @Test
    void aDomainIsAPrefixOfTheApi() {
        assertThat(EventLoggerSettings.of(Map.of("JETSTREAM_DOMAIN", "hub")).jetStreamPrefix())
                .hasValue("$JS.hub.API");
        assertThat(EventLoggerSettings.of(Map.of("JETSTREAM_API_PREFIX", "shared.API."))
                        .jetStreamPrefix())
                .hasValue("shared.API");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "NATS_URL, http://me:s3cret@localhost, is no URL of a NATS server",
                "NATS_URL, \",\", names no server",
                "NATS_CREDENTIALS, /nowhere, the file /nowhere does not exist",
                "NATS_TLS_CA_FILE, /nowhere, the file /nowhere does not exist",
                "NATS_TLS_FIRST, yes, \"'yes' is none of true, false\"",
                "STREAM_NAME, a.b, 'a.b' is no name",
                "CONSUMER_NAME, a b, 'a b' is no name",
                "CREATE_CONSUMER, 1, '1' is none of",
                "SUBJECT_PREFIX, events.*, 'events.*' is no subject without wildcards",
                "SUBJECT_PREFIX, a..b, 'a..b' is no subject",
                "SUBJECTS, a..b, 'a..b' has an empty token",
                "SUBJECTS, \"a.b,a.>\", a.b and a.> have subjects in common; leave one of them out",
                "HISTORY_SIZE, 0, '0' is none of the numbers from 1 to 10000",
                "HISTORY_SIZE, many, 'many' is none of the numbers",
                "HTTP_PORT, 65536, '65536' is no port; expected 0 to 65535",
                "MANAGEMENT_PORT, 8080, 8080 is HTTP_PORT as well; choose another",
                "PUBLISH, no, 'no' is none of true",
                "PUBLISH_TOKEN_FILE, /nowhere, the file /nowhere does not exist",
                "PUBLISH_TOKEN_FILE, /dev/null, the file /dev/null cannot be used: it holds no token",
                "BASE_PATH, /events, '/events' begins as a path of the API does; expected another one",
                "BASE_PATH, /publish/x/, '/publish/x/' begins as a path of the API does",
                "BASE_PATH, logger, 'logger' is no path; expected such as /logger",
                "BASE_PATH, /a//b, '/a//b' is no path",
                "JETSTREAM_DOMAIN, a.b, 'a.b' has spaces",
                "LOG_FORMAT, xml, 'xml' is none of",
                "LOG_LEVEL, loud, 'loud' is none of"
            })
    void aWrongValueIsRefusedInOneLineThatNamesTheVariable(String variable, String value, String complaint) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> EventLoggerSettings.of(Map.of(variable, value)))
                .withMessageStartingWith(variable + ": " + complaint)
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("s3cret").hasLineCount(1));
    }

    @ParameterizedTest
    @CsvSource({
        "NATS_USER_FILE, , NATS_PASSWORD_FILE: is missing; set it beside NATS_USER_FILE",
        "NATS_PASSWORD_FILE, , NATS_USER_FILE: is missing",
        "NATS_TLS_CERT_FILE, , NATS_TLS_KEY_FILE: is missing",
        "NATS_TLS_KEY_FILE, , NATS_TLS_CERT_FILE: is missing",
        "NATS_JWT_FILE, , NATS_NKEY_FILE: is missing; set it beside NATS_JWT_FILE",
        "NATS_CREDENTIALS, NATS_TOKEN_FILE, NATS_TOKEN_FILE: NATS_CREDENTIALS is set as well",
        "NATS_NKEY_FILE, NATS_TOKEN_FILE, NATS_TOKEN_FILE: NATS_NKEY_FILE is set as well"
    })
    void filesThatDoNotGoTogetherAreRefused(String one, @Nullable String other, String complaint) throws IOException {
        String file = Files.createFile(directory.resolve("file")).toString();
        Map<String, String> environment = new HashMap<>(Map.of(one, file));
        if (other != null) {
            environment.put(other, file);
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> EventLoggerSettings.of(environment))
                .withMessageStartingWith(complaint);
    }

    @ParameterizedTest
    @EnumSource
    void theReferenceListsEachVariableWithItsDefault(Variable variable) throws IOException {
        assertThat(Files.readString(Path.of("docs/reference/event-logger.md")).lines())
                .anyMatch(line -> line.startsWith("| `" + variable + "` | "
                        + (variable.defaultValue().isEmpty() ? "" : "`" + variable.defaultValue() + "`")));
    }
}
