package io.jetwright.it;

import static io.jetwright.it.harness.EventLoggerProcess.json;
import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.it.harness.Certificates;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsAuthority;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Scratch;
import io.nats.client.Connection;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All ways in which NATS may let the event logger in, or not. */
class EventLoggerAccessIT {
    private final NatsServer nats = new NatsServer("");

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    private final Path directory = Scratch.directory("event-logger-access");

    /** While everybody is let in, and everybody is in the same account. */
    @BeforeEach
    void createStream() throws Exception {
        nats.start();
        nats.jetStream().addStream(stream());
    }

    @AfterEach
    void end() {
        app.close();
        nats.close();
    }

    private static StreamConfiguration stream() {
        return StreamConfiguration.builder()
                .name("EVENTS")
                .subjects("events.>")
                .storageType(StorageType.File)
                .build();
    }

    private void restart(String configuration) {
        nats.stop();
        nats.configure(configuration);
        nats.start();
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    /** Publishes, and sees the event arrive. */
    private void assertItWorks() throws Exception {
        app.awaitReadiness();
        assertThat(app.publish("{\"name\":\"deploy\",\"data\":1}").statusCode()).isEqualTo(200);
        eventually(() -> assertThat(app.events("")).hasSize(1));
        assertItLooksBack();
    }

    /** One event, in each of the ways in which the stream itself is read. */
    private void assertItLooksBack() throws Exception {
        JsonNode page = json(app.get("/history?subject=events.deploy"));
        assertThat(page.get("events")).as(page.toString()).hasSize(1);
        assertThat(json(app.get("/history?at=1&epoch=" + page.get("epoch").textValue()))
                        .get("reset")
                        .booleanValue())
                .isFalse();
        assertThat(json(app.get("/history?at=2020-01-01T00:00:00Z&header=None")).get("events"))
                .isEmpty();
        assertThat(app.get("/history?format=jsonl").body().lines()).hasSize(1);
        assertThat(json(app.get("/events/1")).get("name").textValue()).isEqualTo("deploy");
        assertThat(app.get("/events/1/payload").body()).isEqualTo("{\"name\":\"deploy\",\"data\":1}");
    }

    private void assertNobodySees(String secret) throws Exception {
        assertThat(app.get("/ready").body()
                        + app.get("/status").body()
                        + app.manage("/ready").body()
                        + app.manage("/status").body()
                        + app.manage("/metrics").body())
                .doesNotContain(secret);
        assertThat(app.running().output().soFar()).noneMatch(line -> line.contains(secret));
    }

    @Test
    void aUserAndAPassword() throws Exception {
        restart("authorization { user: me, password: \"s3cret word\" }");
        app.set("NATS_USER_FILE", file("user", "me\n"))
                .set("NATS_PASSWORD_FILE", file("password", "wr0ng"))
                .set("LOG_LEVEL", "debug");
        app.launch();
        app.awaitReason("refused the credentials");
        assertNobodySees("wr0ng");

        file("password", "s3cret word\n");
        assertItWorks();
        assertNobodySees("s3cret");
    }

    @Test
    void aPasswordThatIsChangedWhileConnected() throws Exception {
        restart("authorization { user: me, password: first }");
        app.set("NATS_USER_FILE", file("user", "me")).set("NATS_PASSWORD_FILE", file("password", "first"));
        app.start();

        restart("authorization { user: me, password: second }");
        app.awaitReason("refused the credentials");

        file("password", "second");
        assertItWorks();
    }

    @Test
    void aToken() throws Exception {
        restart("authorization { token: \"t0ken\" }");
        app.set("NATS_TOKEN_FILE", file("token", "t0ken\n"));
        app.start();
        assertItWorks();
        assertNobodySees("t0ken");
    }

    @Test
    void anNkey() throws Exception {
        NKey user = NKey.createUser(new SecureRandom());
        restart("authorization { users: [{ nkey: %s }] }".formatted(new String(user.getPublicKey())));
        app.set("NATS_NKEY_FILE", file("seed", "SUno-seed-s3cret"));
        app.launch();
        app.awaitReason(directory.resolve("seed") + " cannot be used: it holds no user's seed, which begins with SU");
        assertNobodySees("s3cret");

        String seed = new String(user.getSeed());
        file("seed", seed + "\n");
        assertItWorks();
        assertNobodySees(seed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJwtAndItsSeedInOneFileOrInTwo(boolean isOneFile) throws Exception {
        var authority = new NatsAuthority();
        NatsAuthority.Account account = authority.account("shop");
        restart(authority.configuration());
        createStream(account);
        if (isOneFile) {
            app.set("NATS_CREDENTIALS", file("jwt", "n0-credentials"));
        } else {
            app.set("NATS_JWT_FILE", file("jwt", "n0-jwt")).set("NATS_NKEY_FILE", file("seed", account.seed() + "\n"));
        }
        app.launch();
        app.awaitReason("cannot be used: it holds no user's JWT");
        assertThat(app.manage("/ready").body())
                .contains(directory.resolve("jwt").toString());
        assertThat(app.get("/ready").body() + app.get("/status").body())
                .doesNotContain(directory.toString(), nats.url());
        assertNobodySees("n0-");

        file("jwt", isOneFile ? account.credentials() : account.jwt() + "\n");
        assertItWorks();
        assertNobodySees(account.seed());
    }

    private void createStream(NatsAuthority.Account account) throws Exception {
        Options options = new Options.Builder()
                .server(nats.url())
                .authHandler(Nats.staticCredentials(account.credentials().getBytes(StandardCharsets.UTF_8)))
                .build();
        Connection connection = Nats.connect(options);
        try {
            eventually(() -> connection.jetStreamManagement().addStream(stream()));
        } finally {
            connection.close();
        }
    }

    private static String tls(Certificates authority, String options) {
        return "tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", timeout: 5, %s }"
                .formatted(
                        authority.file("server.crt"), authority.file("server.key"), authority.file("ca.crt"), options);
    }

    @Test
    void aCertificateOfAnAuthorityThatIsTrusted() throws Exception {
        var authority = new Certificates();
        authority.issue("server", "IP:127.0.0.1");
        restart(tls(authority, ""));
        app.set("NATS_TLS_CA_FILE", file("ca.crt", new Certificates().authority()));
        app.launch();
        app.awaitReason("is signed by nobody that is trusted: correct the authorities in NATS_TLS_CA_FILE");

        file("ca.crt", "no certificate");
        app.awaitReason(directory.resolve("ca.crt") + " cannot be used: the certificates of the authorities");

        file("ca.crt", authority.authority());
        assertItWorks();
    }

    @Test
    void aServerThatIsKnownByItsName() throws Exception {
        var authority = new Certificates();
        authority.issue("server", "DNS:localhost");
        restart(tls(authority, ""));
        app.set("NATS_URL", nats.url().replace("nats://127.0.0.1", "tls://localhost"))
                .set("NATS_TLS_CA_FILE", authority.file("ca.crt").toString());
        app.start();
        assertItWorks();
    }

    @Test
    void aCertificateForAnotherNameIsRefusedUntilItIsForThis() throws Exception {
        var authority = new Certificates();
        authority.issue("server", "DNS:nats.example");
        restart(tls(authority, ""));
        app.set("NATS_TLS_CA_FILE", authority.file("ca.crt").toString());
        app.launch();
        app.awaitReason("is not for this name: connect by a name that it has");
        assertThat(app.running().output().soFar()).anyMatch(line -> line.contains("is not for this name"));

        authority.issue("server", "IP:127.0.0.1");
        restart(tls(authority, ""));
        assertItWorks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs8 -topk8 -nocrypt", "rsa -traditional"})
    void aCertificateOfItsOwn(String form) throws Exception {
        var authority = new Certificates();
        authority.issue("server", "IP:127.0.0.1");
        authority.issue("client", "DNS:event-logger");
        restart(tls(authority, "verify: true"));
        app.set("NATS_TLS_CA_FILE", authority.file("ca.crt").toString())
                .set("NATS_TLS_CERT_FILE", authority.file("client.crt").toString())
                .set("NATS_TLS_KEY_FILE", file("client.key", "n0-key"));
        app.launch();
        app.awaitReason(directory.resolve("client.key") + " cannot be used: the client certificate's key (key)");
        assertNobodySees("n0-key");

        file("client.key", authority.convert("client", form));
        assertItWorks();
    }

    @Test
    void withoutTheCertificateThatTheServerWantsItIsSaid() throws Exception {
        var authority = new Certificates();
        authority.issue("server", "IP:127.0.0.1");
        restart(tls(authority, "verify: true"));
        app.set("NATS_TLS_CA_FILE", authority.file("ca.crt").toString());
        app.launch();
        app.awaitReason("correct NATS_TLS_CERT_FILE and NATS_TLS_KEY_FILE");
    }

    @Test
    void aClientCertificateIsReadAgainForEachConnection() throws Exception {
        var authority = new Certificates();
        authority.issue("server", "IP:127.0.0.1");
        authority.issue("client", "DNS:event-logger");
        restart(tls(authority, "verify: true"));
        app.set("NATS_TLS_CA_FILE", file("ca.crt", authority.authority()))
                .set("NATS_TLS_CERT_FILE", file("client.crt", authority.certificate("client")))
                .set("NATS_TLS_KEY_FILE", file("client.key", authority.key("client")));
        app.start();

        var renewed = new Certificates();
        renewed.issue("server", "IP:127.0.0.1");
        renewed.issue("client", "DNS:event-logger");
        restart(tls(renewed, "verify: true"));
        app.awaitReason("is signed by nobody that is trusted");

        file("ca.crt", renewed.authority());
        file("client.crt", renewed.certificate("client"));
        file("client.key", renewed.key("client"));
        assertItWorks();
    }

    @Test
    void tlsBeforeAnythingElse() throws Exception {
        var authority = new Certificates();
        authority.issue("server", "IP:127.0.0.1");
        restart(tls(authority, "handshake_first: true"));
        app.set("NATS_TLS_CA_FILE", authority.file("ca.crt").toString()).set("NATS_TLS_FIRST", "true");
        app.start();
        assertItWorks();
    }

    @Test
    void aServerWithoutTlsIsNotSpokenToInTheClear() {
        app.set("NATS_URL", nats.url().replace("nats://", "tls://"));
        app.launch();
        app.awaitReason("offers no TLS: remove NATS_TLS_CA_FILE and tls:// from the URL");
    }

    @Test
    void aDomain() throws Exception {
        restart("jetstream: { domain: hub, store_dir: $store }");
        app.set("JETSTREAM_DOMAIN", "elsewhere");
        app.launch();
        app.awaitReason("JETSTREAM_DOMAIN is right");
        app.running().terminate();

        app.set("JETSTREAM_DOMAIN", "hub");
        app.start();
        assertItWorks();
    }

    @Test
    void anApiThatIsImportedUnderAnotherPrefix() throws Exception {
        restart("""
                accounts {
                  HUB {
                    jetstream: enabled
                    users: [{ user: test, password: test }]
                    exports: [
                      { service: "$JS.API.>", response_type: stream }
                      { service: "$JS.ACK.>" }
                      { service: "events.>" }
                    ]
                  }
                  APP {
                    users: [{ user: app, password: app }]
                    imports: [
                      { service: { account: HUB, subject: "$JS.API.>" }, to: "hub.API.>" }
                      { service: { account: HUB, subject: "$JS.ACK.>" } }
                      { service: { account: HUB, subject: "events.>" } }
                    ]
                  }
                }
                no_auth_user: test
                """);
        eventually(() -> nats.jetStream().addStream(stream()));
        app.set("NATS_URL", nats.url("app", "app")).set("JETSTREAM_API_PREFIX", "hub.API");
        app.start();
        assertItWorks();
        eventually(() -> assertThat(nats.jetStream()
                        .getConsumerInfo("EVENTS", "event-logger")
                        .getNumAckPending())
                .isZero());
    }
}
