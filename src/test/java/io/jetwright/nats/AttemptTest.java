package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jetwright.nats.ConnectFailure.Kind;
import io.nats.client.AuthenticationException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptTest {
    private static final SettingNames NAMES = new SettingNames("TLS", "FIRST", "CA", "CERT");

    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    @AfterEach
    void shutdown() {
        callbacks.shutdown();
    }

    @ParameterizedTest
    @MethodSource
    void whatIsThrownIsAKindOfFailureWithACure(Exception thrown, Kind kind, String message) throws Exception {
        ConnectFailure failure = attempt(new Credentials.None()).failed(thrown);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage(message);
    }

    static Stream<Arguments> whatIsThrownIsAKindOfFailureWithACure() {
        return Stream.of(
                arguments(
                        new AuthenticationException("Authorization Violation"),
                        Kind.DENIED,
                        "nats://host:4222 refused the credentials (Authorization Violation): correct user, password, token or credentials file"),
                arguments(
                        new IOException("SSL required by server."),
                        Kind.INSECURE,
                        "nats://host:4222 takes TLS only: set TLS, or tls:// in the URL"),
                arguments(
                        new IOException("SSL connection wanted by client."),
                        Kind.INSECURE,
                        "nats://host:4222 offers no TLS: remove TLS and tls:// from the URL, or configure TLS in the server"),
                arguments(
                        new SSLHandshakeException("Unsupported or unrecognized SSL message"),
                        Kind.INSECURE,
                        "nats://host:4222 does not begin with TLS: remove FIRST, or set handshake_first in the server"),
                arguments(
                        caused(new SSLHandshakeException("failed"), new CertificateExpiredException("NotAfter: then")),
                        Kind.INSECURE,
                        "the certificate of nats://host:4222, or one that it depends on, has expired: renew it"),
                arguments(
                        caused(
                                new SSLHandshakeException("failed"),
                                new CertificateException("No subject alternative DNS name matching host found.")),
                        Kind.INSECURE,
                        "the certificate of nats://host:4222 is not for this name: connect by a name that it has, or add this one to it (No subject alternative DNS name matching host found.)"),
                arguments(
                        caused(
                                new SSLHandshakeException("failed"),
                                new CertificateException("No name matching host found")),
                        Kind.INSECURE,
                        "the certificate of nats://host:4222 is not for this name: connect by a name that it has, or add this one to it (No name matching host found)"),
                arguments(
                        caused(new SSLHandshakeException("failed"), new CertPathBuilderException("no path")),
                        Kind.INSECURE,
                        "the certificate of nats://host:4222 is signed by nobody that is trusted: correct CA"),
                arguments(
                        caused(new SSLHandshakeException("failed"), new CertPathValidatorException("not valid")),
                        Kind.INSECURE,
                        "the certificate of nats://host:4222 is signed by nobody that is trusted: correct CA"),
                arguments(
                        new SSLHandshakeException("Received fatal alert: bad_certificate"),
                        Kind.INSECURE,
                        "nats://host:4222 does not accept the client certificate, or the lack of one (Received fatal alert: bad_certificate): correct CERT"),
                arguments(
                        new SSLHandshakeException("(certificate_required) Received fatal alert: certificate_required"),
                        Kind.INSECURE,
                        "nats://host:4222 does not accept the client certificate, or the lack of one ((certificate_required) Received fatal alert: certificate_required): correct CERT"),
                arguments(
                        new SSLHandshakeException("Received fatal alert: unknown_ca"),
                        Kind.INSECURE,
                        "nats://host:4222 does not accept the client certificate, or the lack of one (Received fatal alert: unknown_ca): correct CERT"),
                arguments(
                        new SSLHandshakeException("Received fatal alert: handshake_failure"),
                        Kind.INSECURE,
                        "the TLS handshake with nats://host:4222 failed (Received fatal alert: handshake_failure): see whether both sides trust each other"),
                arguments(
                        caused(new IOException("failed"), new UnknownHostException("host")),
                        Kind.UNREACHABLE,
                        "nats://host:4222 cannot be reached (the name host is not known): correct the address"),
                arguments(
                        new ConnectException("Connection refused"),
                        Kind.UNREACHABLE,
                        "nats://host:4222 cannot be reached: see whether nats-server runs there, and whether the address is right (connection refused)"),
                arguments(
                        new ConnectException("Network is unreachable"),
                        Kind.UNREACHABLE,
                        "nats://host:4222 cannot be reached (Network is unreachable): see whether nats-server runs there, and whether the address is right"),
                arguments(
                        new NoRouteToHostException("No route to host"),
                        Kind.UNREACHABLE,
                        "nats://host:4222 cannot be reached (No route to host): see whether nats-server runs there, and whether the address is right"),
                arguments(
                        caused(new IOException("failed"), new TimeoutException()),
                        Kind.UNREACHABLE,
                        "nats://host:4222 cannot be reached (no answer in time): see whether nats-server runs there, and whether a firewall or NetworkPolicy lets it be reached"),
                arguments(
                        new EOFException(),
                        Kind.UNREACHABLE,
                        "nats://host:4222 cannot be reached: see whether nats-server runs there, and whether the address is right"),
                arguments(
                        new IllegalStateException("anything"),
                        Kind.UNREACHABLE,
                        "nats://host:4222 cannot be reached: see whether nats-server runs there, and whether the address is right"));
    }

    private static <T extends Throwable> T caused(T failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }

    @Test
    void whatWasToldCountsBesideWhatIsThrown() throws Exception {
        Attempt attempt = attempt(new Credentials.None());
        attempt.told(new ConnectException("Connection refused"));

        assertThat(attempt.failed(new IOException("Unable to connect"))).hasMessageEndingWith("(connection refused)");
    }

    @Test
    void whatIsToldAMomentLaterCounts() throws Exception {
        Attempt attempt = attempt(new Credentials.None());
        callbacks.execute(() -> attempt.told(new SSLHandshakeException("Received fatal alert: bad_certificate")));

        assertThat(attempt.failed(new IOException("Unable to connect")).kind()).isEqualTo(Kind.INSECURE);
    }

    @Test
    void whatIsToldOnceThereIsAConnectionDoesNotCount() throws Exception {
        Attempt attempt = attempt(new Credentials.None());
        attempt.succeeded();
        attempt.told(new SSLHandshakeException("Received fatal alert: bad_certificate"));

        assertThat(attempt.failed(new IOException("Unable to connect")).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void refusedCredentialsComeBeforeTlsAndTlsBeforeReachability() throws Exception {
        Attempt denied = attempt(new Credentials.None());
        denied.told(new ConnectException("Connection refused"));
        denied.told(new IOException("SSL required by server."));
        assertThat(denied.failed(new AuthenticationException("no")).kind()).isEqualTo(Kind.DENIED);

        Attempt insecure = attempt(new Credentials.None());
        insecure.told(new ConnectException("Connection refused"));
        assertThat(insecure.failed(new IOException("SSL required by server.")).kind())
                .isEqualTo(Kind.INSECURE);
    }

    @Test
    void refusedCredentialsThatHaveExpiredSaySo() throws Exception {
        String seed = TestCredentials.seed();
        var expired = Credentials.ofJwt(TestCredentials.jwt("{\"exp\": 1000000000, \"nats\": {}}"), seed);
        assertThat(attempt(expired).failed(new AuthenticationException("Authorization Violation")))
                .hasMessage(
                        "nats://host:4222 refused the credentials, whose JWT expired at 2001-09-09T01:46:40Z: issue new ones");

        var valid = Credentials.ofJwt(TestCredentials.jwt("{\"exp\": 9000000000, \"nats\": {}}"), seed);
        assertThat(attempt(valid).failed(new AuthenticationException("Authorization Violation")))
                .hasMessageContaining("(Authorization Violation)");
    }

    @Test
    void whenNothingIsToldAnyMoreWhatIsThrownCounts() throws Exception {
        callbacks.shutdown();

        assertThat(attempt(new Credentials.None())
                        .failed(new ConnectException("Connection refused"))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void causesThatGoInCirclesEnd() throws Exception {
        var first = new IOException("first");
        first.initCause(new IOException("second", first));

        assertThat(attempt(new Credentials.None()).failed(first).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    private Attempt attempt(Credentials credentials) {
        var settings = new ConnectionSettings(
                List.of(URI.create("nats://user:secret@host:4222")), credentials, null, ConnectionSettings.API);
        return new Attempt(settings, NAMES, callbacks);
    }
}
