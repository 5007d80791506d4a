package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String JWT = TestCredentials.jwt("{\"nats\": {}}");

    @Test
    void aFileHoldsAJwtAndASeed() throws Exception {
        String seed = TestCredentials.seed();

        assertThat(Credentials.ofFile(TestCredentials.file(JWT, seed)))
                .isEqualTo(new Credentials.Nkey(new Sensitive(JWT), new Sensitive(seed)));
    }

    @Test
    void whatMissesInAFileIsSaid() {
        String half = TestCredentials.file(JWT, "").replaceAll("(?s)-----BEGIN USER NKEY.*", "");

        assertThatThrownBy(() -> Credentials.ofFile("user: secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it holds no user's JWT");
        assertThatThrownBy(() -> Credentials.ofFile(half))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it holds no seed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "a.secret.c", "a.b", "e30.e30.e30"})
    void aJwtThatIsNoUsersIsRefusedAndNotQuoted(String jwt) throws Exception {
        String seed = TestCredentials.seed();

        assertThatThrownBy(() -> Credentials.ofJwt(jwt, seed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it holds no user's JWT")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "SUsecret"})
    void aSeedThatIsNoneIsRefusedAndNotQuoted(String seed) {
        assertThatThrownBy(() -> Credentials.ofSeed(seed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it holds no user's seed, which begins with SU")
                .hasNoCause();
    }

    @Test
    void theSeedOfAnAccountIsRefused() throws Exception {
        String seed = TestCredentials.accountSeed();

        assertThatThrownBy(() -> Credentials.ofSeed(seed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("its seed is not that of a user, which begins with SU");
    }

    @Test
    void blanksAroundJwtAndSeedAreIgnored() throws Exception {
        String seed = TestCredentials.seed();

        assertThat(Credentials.ofJwt(" " + JWT + "\n", "\n" + seed + "\n")).isEqualTo(Credentials.ofJwt(JWT, seed));
        assertThat(Credentials.ofSeed(seed + "\n").jwt()).isNull();
    }

    @Test
    void theExpiryIsThatOfTheJwt() throws Exception {
        String seed = TestCredentials.seed();

        assertThat(Credentials.ofJwt(TestCredentials.jwt("{\"exp\": 1780315200, \"nats\": {}}"), seed)
                        .expiry())
                .hasValue(Instant.parse("2026-06-01T12:00:00Z"));
        assertThat(Credentials.ofJwt(JWT, seed).expiry()).isEmpty();
        assertThat(Credentials.ofSeed(seed).expiry()).isEmpty();
    }

    @Test
    void nothingSecretIsShown() throws Exception {
        assertThat(Credentials.ofJwt(JWT, TestCredentials.seed())).hasToString("Nkey[jwt=(hidden), seed=(hidden)]");
        assertThat(new Credentials.User(new Sensitive("name"), new Sensitive("password")))
                .hasToString("User[name=(hidden), password=(hidden)]");
        assertThat(new Credentials.Token(new Sensitive("token"))).hasToString("Token[token=(hidden)]");
    }
}
