package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jetwright.environment.Environment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadSettingsTest {
    @TempDir
    private Path directory;

    private PayloadSettings read(String types, String messagePack) {
        Map<String, String> variables = new HashMap<>(Map.of("PROTOBUF_TYPES", types, "MSGPACK_SUBJECTS", messagePack));
        variables.put(
                "PROTOBUF_DESCRIPTORS",
                Schemas.write(directory.resolve("auth"), Schemas.auth()).toString());
        return PayloadSettings.of(new Environment(variables));
    }

    @Test
    void withoutVariablesNothingIsDecoded() {
        PayloadSettings settings = PayloadSettings.of(new Environment(Map.of()));

        assertThat(settings.protobuf()).isEmpty();
        assertThat(settings.rules()).isEmpty();
    }

    @Test
    void theNarrowestPatternComesFirstAndElseTheFirst() {
        PayloadSettings settings = read(
                "*.user.created=auth.UserCreated, >=auth.UserDeleted, a.user.*=auth.SessionCreated",
                "a.>, a.user.created, a.>");

        assertThat(settings.rules())
                .extracting(PayloadSettings.Rule::pattern)
                .containsExactly("a.user.created", "a.user.*", "*.user.created", "a.>", ">");
        assertThat(settings.messages())
                .containsExactlyInAnyOrder("auth.UserCreated", "auth.UserDeleted", "auth.SessionCreated");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.> | | PROTOBUF_TYPES: 'a.>' is no pattern of subjects with a message; expected such as auth.user.>=auth.UserEvent",
                "a=b-c | | PROTOBUF_TYPES: 'a=b-c' is no pattern of subjects with a message; expected such as",
                "a..b=auth.UserCreated | | PROTOBUF_TYPES: the pattern 'a..b' has an empty token",
                "a=auth.UserCreate | | PROTOBUF_TYPES: the descriptors have no message auth.UserCreate; they have auth.",
                "a=auth.UserCreated,a=auth.UserDeleted | | PROTOBUF_TYPES: the pattern a stands for two kinds of payloads; leave one",
                "a=auth.UserCreated | a | MSGPACK_SUBJECTS: the pattern a stands for two kinds of payloads; leave one of them out",
                "'' | a* | MSGPACK_SUBJECTS: the pattern 'a*' has * as a part of a token; expected such as auth.user.>"
            })
    void aWrongValueIsRefused(String types, String messagePack, String message) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> read(types, messagePack == null ? "" : messagePack))
                .withMessageStartingWith(message);
    }

    @Test
    void typesNeedDescriptorsThatAreThere() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PayloadSettings.of(new Environment(Map.of("PROTOBUF_TYPES", "a=b"))))
                .withMessage("PROTOBUF_DESCRIPTORS: is missing; set it beside PROTOBUF_TYPES");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PayloadSettings.of(new Environment(Map.of("PROTOBUF_DESCRIPTORS", "/nowhere"))))
                .withMessage("PROTOBUF_DESCRIPTORS: there is no file or folder /nowhere, or it cannot be read");
    }
}
