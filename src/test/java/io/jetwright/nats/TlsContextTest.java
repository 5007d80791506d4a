package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateExpiredException;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsContextTest {
    private static final String KEY_UNREADABLE =
            "the client certificate's key (key) cannot be read; expected PEM (-----BEGIN PRIVATE KEY-----), not encrypted";

    private final TestAuthority authority = new TestAuthority();

    @Test
    void withoutTextsJavasOwnAuthoritiesAreTrusted() {
        assertThatCode(() -> TlsContext.of(TlsSettings.DEFAULT)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void aKeyInPkcs8IsRead(String algorithm) throws Exception {
        KeyPair keys = TestAuthority.keys(algorithm);

        assertRead(keys, TestAuthority.pkcs8(keys.getPrivate()));
    }

    @Test
    void anRsaKeyInPkcs1IsRead() throws Exception {
        KeyPair keys = TestAuthority.keys("RSA");

        assertRead(keys, TestAuthority.pkcs1(keys.getPrivate()));
    }

    @Test
    void anEllipticCurveKeyInSec1IsReadBehindItsParameters() throws Exception {
        KeyPair keys = TestAuthority.keys("EC");

        assertRead(keys, TestAuthority.sec1((ECPrivateKey) keys.getPrivate()));
    }

    @Test
    void aKeyBehindItsCertificateIsRead() throws Exception {
        KeyPair keys = TestAuthority.keys("EC");

        assertRead(keys, authority.certificate(keys.getPublic(), "client") + TestAuthority.pkcs8(keys.getPrivate()));
    }

    private void assertRead(KeyPair keys, String key) throws Exception {
        var settings =
                new TlsSettings(null, authority.certificate(keys.getPublic(), "client"), new Sensitive(key), false);
        assertThatCode(() -> TlsContext.of(settings)).doesNotThrowAnyException();
    }

    @Test
    void anEncryptedKeyIsRefused() throws Exception {
        KeyPair keys = TestAuthority.keys("EC");
        String algorithm = "PBEWithSHA1AndDESede";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("password".toCharArray())));
        var encrypted = new EncryptedPrivateKeyInfo(
                cipher.getParameters(), cipher.doFinal(keys.getPrivate().getEncoded()));

        assertKeyRefused(keys, TestAuthority.pem("ENCRYPTED PRIVATE KEY", encrypted.getEncoded()));
    }

    @ParameterizedTest
    @MethodSource
    void aKeyThatIsNoneIsRefusedAndNotQuoted(String key) throws Exception {
        assertKeyRefused(TestAuthority.keys("EC"), key);
    }

    static List<String> aKeyThatIsNoneIsRefusedAndNotQuoted() throws Exception {
        KeyPair keys = TestAuthority.keys("EC");
        return List.of(
                "",
                "secret",
                TestAuthority.pem("PRIVATE KEY", "secret".getBytes(StandardCharsets.UTF_8)),
                TestAuthority.pem("RSA PRIVATE KEY", keys.getPrivate().getEncoded()),
                TestAuthority.pem("EC PRIVATE KEY", keys.getPrivate().getEncoded()),
                TestAuthority.pem("PUBLIC KEY", keys.getPublic().getEncoded()),
                TestAuthority.pkcs8(TestAuthority.keys("X25519").getPrivate()),
                TestAuthority.pkcs8(keys.getPrivate()).replace("-----END", "---END"));
    }

    private void assertKeyRefused(KeyPair keys, String key) throws Exception {
        var settings =
                new TlsSettings(null, authority.certificate(keys.getPublic(), "client"), new Sensitive(key), false);
        assertThatThrownBy(() -> TlsContext.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(KEY_UNREADABLE)
                .hasNoCause();
    }

    @Test
    void aCertificateThatIsNotSignedByTheNextOneOfItsChainIsRefused() throws Exception {
        KeyPair keys = TestAuthority.keys("EC");
        String chain = authority.certificate(keys.getPublic(), "client")
                + authority.certificate(TestAuthority.keys("EC").getPublic(), "stranger");
        var settings = new TlsSettings(null, chain, new Sensitive(TestAuthority.pkcs8(keys.getPrivate())), false);

        assertThatThrownBy(() -> TlsContext.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("certificate and key do not fit together");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "-----BEGIN CERTIFICATE-----\nsecret\n-----END CERTIFICATE-----\n"})
    void aCertificateThatIsNoneIsRefusedAndNotQuoted(String text) throws Exception {
        String key = TestAuthority.pkcs8(TestAuthority.keys("EC").getPrivate());

        assertThatThrownBy(() -> TlsContext.of(new TlsSettings(text, null, null, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the certificates of the authorities (ca) cannot be read; expected PEM (-----BEGIN CERTIFICATE-----)");
        assertThatThrownBy(() -> TlsContext.of(new TlsSettings(null, text, new Sensitive(key), false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the client certificate (cert) cannot be read; expected PEM (-----BEGIN CERTIFICATE-----)");
    }

    @Test
    void aServerWithItsOwnNameIsTrusted() throws Exception {
        assertThat(handshake("localhost", authority.certificate(), tomorrow())).isNull();
    }

    @Test
    void eachOfSeveralAuthoritiesIsTrusted() throws Exception {
        String authorities = new TestAuthority().certificate() + authority.certificate();

        assertThat(handshake("localhost", authorities, tomorrow())).isNull();
    }

    @Test
    void aServerWithTheNameOfAnotherOneIsRefused() throws Exception {
        assertThat(handshake("nats.example.com", authority.certificate(), tomorrow()))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("No subject alternative DNS name matching localhost found");
    }

    @Test
    void aServerWhoseCertificateNobodySignedIsRefused() throws Exception {
        assertThat(handshake("localhost", new TestAuthority().certificate(), tomorrow()))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("PKIX path");
    }

    @Test
    void aServerWhoseCertificateHasExpiredIsRefused() throws Exception {
        assertThat(handshake("localhost", authority.certificate(), Instant.now().minus(Duration.ofHours(1))))
                .isInstanceOf(SSLHandshakeException.class)
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
    }

    private static Instant tomorrow() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    /**
     * Has a client that connects to {@code localhost} shake hands with a server.
     *
     * @param name what the server's certificate is for
     * @return what the client says; null if it trusts the server
     */
    private @Nullable IOException handshake(String name, String authorities, Instant expiry) throws Exception {
        KeyPair keys = TestAuthority.keys("EC");
        SSLContext own = TlsContext.of(new TlsSettings(
                null,
                authority.certificate(keys.getPublic(), name, expiry),
                new Sensitive(TestAuthority.pkcs8(keys.getPrivate())),
                false));
        SSLContext client = TlsContext.of(new TlsSettings(authorities, null, null, false));
        try (var server = (SSLServerSocket)
                own.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            var greeting = new FutureTask<>(() -> {
                try (var accepted = server.accept()) {
                    return accepted.getInputStream().read();
                }
            });
            Thread.ofVirtual().start(greeting);
            try (var socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", server.getLocalPort())) {
                socket.startHandshake();
                return null;
            } catch (IOException e) {
                return e;
            }
        }
    }
}
