package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishAccessTest {
    @TempDir
    private Path directory;

    private static WritableHeaders<?> headers(String authorization) {
        WritableHeaders<?> headers = WritableHeaders.create();
        return authorization.isEmpty() ? headers : headers.set(HeaderNames.AUTHORIZATION, authorization);
    }

    private PublishAccess withToken(String content) throws IOException {
        return new PublishAccess(true, Optional.of(Files.writeString(directory.resolve("token"), content)));
    }

    private static Problem refusal(PublishAccess access, String authorization) {
        try {
            access.check(headers(authorization));
        } catch (Problem problem) {
            return problem;
        }
        throw new AssertionError("not refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer x", "Basic bWU6czNjcmV0"})
    void withoutATokenEverybodyMayPublish(String authorization) {
        assertThatCode(() -> new PublishAccess(true, Optional.empty()).check(headers(authorization)))
                .doesNotThrowAnyException();
    }

    @Test
    void whereNobodyMayPublishTheTokenIsOfNoUse() throws IOException {
        PublishAccess access = new PublishAccess(false, withToken("t0ken").token());

        assertThat(refusal(access, "Bearer t0ken"))
                .hasMessage("this event logger is read-only: it shows events, and publishes none")
                .returns(403, Problem::status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer t0ken", "bearer t0ken", "BEARER  t0ken "})
    void whoHasTheTokenMayPublish(String authorization) throws IOException {
        PublishAccess access = withToken("t0ken\n");

        assertThatCode(() -> access.check(headers(authorization))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "Bearer t0ke", "Bearer t0kenn", "Bearer T0KEN", "t0ken", "Basic t0ken"})
    void anotherTokenIsRefused(String authorization) throws IOException {
        assertThat(refusal(withToken("t0ken"), authorization))
                .returns(401, Problem::status)
                .satisfies(problem -> assertThat(problem.headers())
                        .containsEntry("WWW-Authenticate", "Bearer realm=\"event-logger\", error=\"invalid_token\""))
                .hasMessageNotContaining("t0ken");
    }

    @Test
    void whoHasNoTokenIsToldHowToSendIt() throws IOException {
        assertThat(refusal(withToken("t0ken"), ""))
                .returns(401, Problem::status)
                .satisfies(problem -> assertThat(problem.headers())
                        .containsEntry("WWW-Authenticate", "Bearer realm=\"event-logger\""))
                .hasMessageContaining("Authorization: Bearer <token>");
    }

    @Test
    void aTokenThatIsChangedHoldsAtOnce() throws IOException {
        PublishAccess access = withToken("first");
        access.check(headers("Bearer first"));

        withToken("second");

        assertThat(refusal(access, "Bearer first").status()).isEqualTo(401);
        access.check(headers("Bearer second"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "two tokens", "one\ntwo", "schlüssel"})
    void aFileWithoutATokenLetsNobodyIn(String content) throws IOException {
        PublishAccess access = withToken(content);

        assertThat(refusal(access, "Bearer " + content.strip()).status()).isEqualTo(503);
        assertThat(refusal(access, "Bearer ").status()).isEqualTo(503);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublishAccess.requireToken(directory.resolve("token")))
                .withMessageContaining("it holds no token")
                .withMessageNotContaining("two");
    }

    @Test
    void aFileThatIsGoneLetsNobodyIn() {
        PublishAccess access = new PublishAccess(true, Optional.of(directory.resolve("gone")));

        assertThat(refusal(access, "Bearer x").status()).isEqualTo(503);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PublishAccess.requireToken(directory.resolve("gone")))
                .withMessageContaining("cannot be read");
    }
}
