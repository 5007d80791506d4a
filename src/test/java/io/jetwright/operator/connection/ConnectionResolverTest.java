package io.jetwright.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionSpec;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.Sensitive;
import io.jetwright.nats.TlsSettings;
import io.jetwright.status.Reason;
import io.nats.client.NKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionResolverTest {
    private static final String SEED = seed(NKey.Type.USER);

    private static final String JWT = jwt("{\"nats\":{\"type\":\"user\"}}");
    private static final String CREDS = """
            -----BEGIN NATS USER JWT-----
            %s
            ------END NATS USER JWT------

            -----BEGIN USER NKEY SEED-----
            %s
            ------END USER NKEY SEED------
            """.formatted(JWT, SEED);

    private final Map<String, SecretData> secrets = new HashMap<>();

    private static String seed(NKey.Type type) {
        try {
            NKey key = type == NKey.Type.USER
                    ? NKey.createUser(new SecureRandom())
                    : NKey.createAccount(new SecureRandom());
            return new String(key.getSeed());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jwt(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String name, String key, String value) {
        secrets.put(name, new SecretData.Present(Map.of(key, base64(value))));
    }

    private void put(String name, String key, String value, String anotherKey, String anotherValue) {
        secrets.put(name, new SecretData.Present(Map.of(key, base64(value), anotherKey, base64(anotherValue))));
    }

    private static Connection connection(String spec) {
        var connection = new Connection();
        connection.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName("nats").build());
        connection.setSpec(Serialization.unmarshal("--- " + spec, ConnectionSpec.class));
        return connection;
    }

    private Route resolve(String spec) {
        return resolve(spec, CredentialsOf.OPERATOR);
    }

    private Route resolve(String spec, CredentialsOf process) {
        return ConnectionResolver.resolve(
                connection(spec), process, name -> secrets.getOrDefault(name, new SecretData.Absent()));
    }

    private ConnectionSettings open(String spec) {
        assertThat(resolve(spec)).isInstanceOf(Route.Open.class);
        return ((Route.Open) resolve(spec)).settings();
    }

    private Route.Closed closed(String spec) {
        assertThat(resolve(spec)).isInstanceOf(Route.Closed.class);
        return (Route.Closed) resolve(spec);
    }

    @Test
    void withoutASecretTheServersSuffice() {
        assertThat(open("{servers: [\"nats://a:4222\", b, \"tls://c:4223\"]}"))
                .isEqualTo(new ConnectionSettings(
                        List.of(URI.create("nats://a:4222"), URI.create("nats://b"), URI.create("tls://c:4223")),
                        new Credentials.None(),
                        null,
                        "$JS.API"));
    }

    @ParameterizedTest
    @CsvSource({"domain: hub, $JS.hub.API", "apiPrefix: HUB.api, HUB.api"})
    void theApiMayBeElsewhere(String field, String prefix) {
        assertThat(open("{servers: [a], " + field + "}").apiPrefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({"'', user.creds", "', file: other', other"})
    void aCredentialsFile(String field, String key) {
        put("s", key, CREDS);
        assertThat(open("{servers: [a], creds: {secret: {name: s}" + field + "}}")
                        .credentials())
                .isEqualTo(new Credentials.Nkey(new Sensitive(JWT), new Sensitive(SEED)));
    }

    @ParameterizedTest
    @CsvSource({"'', seed", "', seed: other', other"})
    void anNkey(String field, String key) {
        put("s", key, SEED + "\n");
        assertThat(open("{servers: [a], nkey: {secret: {name: s}" + field + "}}")
                        .credentials())
                .isEqualTo(new Credentials.Nkey(null, new Sensitive(SEED)));
    }

    @ParameterizedTest
    @CsvSource({"'', jwt, seed", "', jwt: j, seed: s', j, s"})
    void aJwtAndItsSeed(String field, String jwtKey, String seedKey) {
        put("s", jwtKey, JWT + "\n", seedKey, SEED);
        assertThat(open("{servers: [a], jwt: {secret: {name: s}" + field + "}}").credentials())
                .isEqualTo(new Credentials.Nkey(new Sensitive(JWT), new Sensitive(SEED)));
    }

    @ParameterizedTest
    @CsvSource({"'', username, password", "', user: u, password: p', u, p"})
    void userAndPassword(String field, String userKey, String passwordKey) {
        put("s", userKey, "jane\n", passwordKey, " pass word\r\n");
        assertThat(open("{servers: [a], user: {secret: {name: s}" + field + "}}")
                        .credentials())
                .isEqualTo(new Credentials.User(new Sensitive("jane"), new Sensitive(" pass word")));
    }

    @ParameterizedTest
    @CsvSource({"'', token", "', token: t', t"})
    void aToken(String field, String key) {
        put("s", key, "t0ken\n");
        assertThat(open("{servers: [a], token: {secret: {name: s}" + field + "}}")
                        .credentials())
                .isEqualTo(new Credentials.Token(new Sensitive("t0ken")));
    }

    @ParameterizedTest
    @CsvSource({"tls: {}, false", "tlsFirst: true, true", "'tls: {}, tlsFirst: true', true"})
    void tlsAsJavaTrusts(String field, boolean first) {
        assertThat(open("{servers: [a], " + field + "}").tls()).isEqualTo(new TlsSettings(null, null, null, first));
    }

    @Test
    void aSecretThatIsMissingIsNamed() {
        assertThat(closed("{servers: [a], creds: {secret: {name: s}}}"))
                .isEqualTo(new Route.Closed(
                        Reason.SECRET_NOT_FOUND,
                        "there is no Secret s in namespace shop: create it, or correct spec.creds"));
    }

    @Test
    void aSecretThatMayNotBeReadNamesThePermission() {
        secrets.put("s", new SecretData.Forbidden("list the secret s in namespace shop"));
        assertThat(closed("{servers: [a], token: {secret: {name: s}}}"))
                .isEqualTo(
                        new Route.Closed(
                                Reason.FORBIDDEN,
                                "the operator may not list the secret s in namespace shop, which spec.token names: give it list and watch there by a Role and a RoleBinding"));
    }

    @Test
    void aSecretThatIsBeingReadIsWaitedFor() {
        secrets.put("s", new SecretData.Unread());
        assertThat(resolve("{servers: [a], token: {secret: {name: s}}}")).isEqualTo(new Route.Pending());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            creds: {secret: {name: s}}            | has no key user.creds: add it, or name another one in spec.creds
            creds: {secret: {name: s}, file: f}   | has no key f: add it, or name another one in spec.creds
            nkey: {secret: {name: s}}             | has no key seed
            jwt: {secret: {name: s}}              | has no key jwt
            jwt: {secret: {name: s}, jwt: k}      | has no key seed
            user: {secret: {name: s}}             | has no key username
            user: {secret: {name: s}, user: k}    | has no key password
            token: {secret: {name: s}}            | has no key token
            tls: {secret: {name: s}}              | has none of the keys ca.crt, tls.crt and tls.key
            tls: {secret: {name: s}, ca: c}       | has no key c
            creds: {secret: {name: s}, file: k}   | is not what spec.creds needs: it holds no user's JWT
            nkey: {secret: {name: s}, seed: k}    | is not what spec.nkey needs: it holds no user's seed
            jwt: {secret: {name: s}, jwt: k, seed: k} | is not what spec.jwt needs: it holds no user's JWT
            tls: {secret: {name: s}, ca: k}       | is not what spec.tls needs: the certificates of the authorities (ca) cannot be read; expected PEM
            """)
    void aSecretThatIsNotWhatIsNeededIsNamedAndNotQuoted(String field, String message) {
        put("s", "k", "v3ry-s3cret", "other-key", "v3ry-s3cret");
        Route.Closed closed = closed("{servers: [a], " + field + "}");
        assertThat(closed.reason()).isEqualTo(Reason.SECRET_INVALID);
        assertThat(closed.message())
                .startsWith("Secret s in namespace shop ")
                .contains(message)
                .doesNotContain("v3ry-s3cret", "other-key");
    }

    @Test
    void anEmptyValueIsNone() {
        put("s", "token", " \n");
        assertThat(closed("{servers: [a], token: {secret: {name: s}}}").message())
                .isEqualTo(
                        "Secret s in namespace shop has nothing under the key token: fill it, or name another one in spec.token");
    }

    @Test
    void aCertificateWithoutItsKeyIsNotEnough() {
        put("s", "tls.crt", "certificate");
        assertThat(closed("{servers: [a], tls: {secret: {name: s}}}").message()).contains("has no key tls.key");
    }

    @Test
    void theSeedOfAnAccountIsNotThatOfAUser() {
        put("s", "seed", seed(NKey.Type.ACCOUNT));
        assertThat(closed("{servers: [a], nkey: {secret: {name: s}}}").message())
                .isEqualTo(
                        "Secret s in namespace shop is not what spec.nkey needs: its seed is not that of a user, which begins with SU");
    }

    @Test
    void nothingThatIsResolvedShowsWhatIsSecret() {
        put("s", "username", "jane", "password", "v3ry-s3cret");
        assertThat(resolve("{servers: [a], user: {secret: {name: s}}}").toString())
                .doesNotContain("v3ry-s3cret")
                .doesNotContain("jane");
        assertThat(secrets.toString()).doesNotContain("v3ry").doesNotContain(base64("v3ry-s3cret"));
        assertThat(open("{servers: [a], user: {secret: {name: s}}}")
                        .credentials()
                        .toString())
                .doesNotContain("v3ry-s3cret");
    }

    @Test
    void anotherPasswordIsAnotherConnection() {
        put("s", "token", "one");
        ConnectionSettings before = open("{servers: [a], token: {secret: {name: s}}}");
        assertThat(open("{servers: [a], token: {secret: {name: s}}}"))
                .isEqualTo(before)
                .hasSameHashCodeAs(before);
        put("s", "token", "two");
        assertThat(open("{servers: [a], token: {secret: {name: s}}}")).isNotEqualTo(before);
    }

    @Test
    void theSecretsThatAConnectionNames() {
        assertThat(ConnectionResolver.secretsOf(connection("{servers: [a]}"), CredentialsOf.OPERATOR))
                .isEmpty();
        assertThat(ConnectionResolver.secretsOf(
                        connection("{servers: [a], jwt: {secret: {name: s}}, tls: {secret: {name: t}}}"),
                        CredentialsOf.OPERATOR))
                .containsExactlyInAnyOrder("s", "t");
    }

    @Test
    void theRelayHasTheCredentialsThatAreForItElseTheOperators() {
        put("o", "token", "operators");
        put("r", "token", "relays");
        String both = "{servers: [a], token: {secret: {name: o}}, deadLetters: {token: {secret: {name: r}}}}";
        String one = "{servers: [a], token: {secret: {name: o}}, deadLetters: {captureStream: ADVISORIES}}";

        assertThat(resolve(both, CredentialsOf.OPERATOR)).isEqualTo(resolve(one, CredentialsOf.OPERATOR));
        assertThat(resolve(one, CredentialsOf.RELAY)).isEqualTo(resolve(one, CredentialsOf.OPERATOR));
        assertThat(resolve(both, CredentialsOf.RELAY)).isNotEqualTo(resolve(one, CredentialsOf.RELAY));
        assertThat(ConnectionResolver.secretsOf(connection(both), CredentialsOf.OPERATOR))
                .containsExactly("o");
        assertThat(ConnectionResolver.secretsOf(connection(both), CredentialsOf.RELAY))
                .containsExactly("r");
        assertThat(ConnectionResolver.secretsOf(connection(one), CredentialsOf.RELAY))
                .containsExactly("o");
    }

    @Test
    void whatIsWrongWithTheRelaysCredentialsIsSaidOfTheirField() {
        Route route = resolve("{servers: [a], deadLetters: {token: {secret: {name: none}}}}", CredentialsOf.RELAY);

        assertThat(route).isInstanceOfSatisfying(Route.Closed.class, closed -> assertThat(closed.message())
                .contains("correct spec.deadLetters.token"));
    }
}
