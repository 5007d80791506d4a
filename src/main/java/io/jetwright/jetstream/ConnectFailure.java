package io.jetwright.jetstream;

import io.nats.client.AuthenticationException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why an attempt to connect came to nothing, in words that say what to do. */
final class ConnectFailure {
    private final ConnectionSettings settings;
    private final Clock clock;

    ConnectFailure(ConnectionSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Explains.
     *
     * @param failures what jnats threw, and what it told beside it
     */
    JetStreamException explain(List<? extends Throwable> failures) {
        List<Throwable> all = failures.stream()
                .flatMap(failure -> withCauses(failure).stream())
                .toList();
        return all.stream()
                .filter(AuthenticationException.class::isInstance)
                .findFirst()
                .<JetStreamException>map(failure -> denied(String.valueOf(failure.getMessage())))
                .or(() -> insecure(all).map(JetStreamException.Insecure::new))
                .orElseGet(() ->
                        new JetStreamException.Unreachable("%s cannot be reached%s".formatted(settings, why(all))));
    }

    private static List<Throwable> withCauses(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = failure; each != null && chain.size() < 20; each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private JetStreamException.Denied denied(String text) {
        Optional<Instant> expired = settings.credentials() instanceof Credentials.Nkey nkey
                ? nkey.expiry().filter(expiry -> expiry.isBefore(clock.instant()))
                : Optional.empty();
        return new JetStreamException.Denied(expired.map(
                        expiry -> "%s refused the credentials, whose JWT expired at %s: issue new ones"
                                .formatted(settings, expiry))
                .orElseGet(() -> "%s refused the credentials (%s): correct user, password, token or credentials file"
                        .formatted(settings, text)));
    }

    private Optional<String> insecure(List<Throwable> failures) {
        return failures.stream()
                .flatMap(failure -> insecure(failure).stream())
                .findFirst()
                .or(() -> failures.stream()
                        .filter(SSLException.class::isInstance)
                        .findFirst()
                        .map(failure -> "the TLS handshake with %s failed (%s): see whether both sides trust each other"
                                .formatted(settings, failure.getMessage())));
    }

    private Optional<String> insecure(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        String format = null;
        if (text.startsWith("ssl required by server")) {
            format = "%s takes TLS only: set spec.tls, or tls:// in the URL";
        } else if (text.startsWith("ssl connection wanted by client")) {
            format = "%s offers no TLS: remove spec.tls and tls:// from the URL, or configure TLS in the server";
        } else if (text.contains("unsupported or unrecognized ssl message")) {
            format = "%s does not begin with TLS: remove tlsFirst, or set handshake_first in the server";
        } else if (failure instanceof CertificateExpiredException) {
            format = "the certificate of %s, or one that it depends on, has expired: renew it";
        } else if (text.contains("no subject alternative") || text.contains("no name matching")) {
            format =
                    "the certificate of %s is not for this name: connect by a name that it has, or add this one to it ("
                            + failure.getMessage() + ")";
        } else if (failure instanceof CertPathBuilderException || failure instanceof CertPathValidatorException) {
            format =
                    "the certificate of %s is signed by nobody that is trusted: correct the authorities (ca) in the Secret of spec.tls";
        } else if (text.contains("received fatal alert")
                && (text.contains("certificate") || text.contains("unknown_ca") || text.contains("unknown ca"))) {
            format = "%s does not accept the client certificate, or the lack of one (" + failure.getMessage()
                    + "): correct cert and key in the Secret of spec.tls";
        }
        return Optional.ofNullable(format).map(sentence -> sentence.formatted(settings));
    }

    private static String why(List<Throwable> failures) {
        for (Throwable failure : failures) {
            String why =
                    switch (failure) {
                        case UnknownHostException e ->
                            " (the name " + e.getMessage() + " is not known): correct the address";
                        case ConnectException e -> refused(e);
                        case NoRouteToHostException e -> refused(e);
                        case EOFException e -> null;
                        case TimeoutException e ->
                            " (no answer in time): see whether nats-server runs there, and whether a firewall or NetworkPolicy lets it be reached";
                        default -> null;
                    };
            if (why != null) {
                return why;
            }
        }
        return ": see whether nats-server runs there, and whether the address is right";
    }

    private static String refused(Exception failure) {
        String text = String.valueOf(failure.getMessage());
        return text.toLowerCase(Locale.ROOT).contains("refused")
                ? ": see whether nats-server runs there, and whether the address is right (connection refused)"
                : " (" + text + "): see whether nats-server runs there, and whether the address is right";
    }
}
