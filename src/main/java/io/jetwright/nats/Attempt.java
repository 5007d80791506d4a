package io.jetwright.nats;

import io.jetwright.nats.ConnectFailure.Kind;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to connect. When it fails, jnats throws an exception, and tells its error listener of others, which often say
 * more. This class turns all of them into one failure with a cure.
 */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final ConnectionSettings settings;
    private final SettingNames names;
    private final ExecutorService callbacks;
    private final Clock clock = Clock.systemUTC();
    private final Queue<Exception> told = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;

    /**
     * An attempt that begins now.
     *
     * @param names what the cures call the settings
     * @param callbacks the single thread in which jnats calls its listeners
     */
    Attempt(ConnectionSettings settings, SettingNames names, ExecutorService callbacks) {
        this.settings = settings;
        this.names = names;
        this.callbacks = callbacks;
    }

    /** Takes an exception that jnats told its error listener. Does nothing once the attempt is over. */
    void told(Exception exception) {
        if (!isOver) {
            told.add(exception);
        }
    }

    /** Ends the attempt: there is a connection. */
    void succeeded() {
        isOver = true;
    }

    /**
     * Ends the attempt: there is no connection. Waits up to a second for what jnats still tells.
     *
     * @param thrown what jnats threw
     * @return refused credentials rather than trouble with TLS, and that rather than a server that cannot be reached
     */
    ConnectFailure failed(Exception thrown) throws InterruptedException {
        try {
            // jnats may tell its listener a moment after it has thrown
            callbacks.submit(() -> isOver = true).get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.debug("{}: {}", settings, e.toString());
        }
        List<Throwable> all = Stream.concat(told.stream(), Stream.of(thrown))
                .flatMap(failure -> withCauses(failure).stream())
                .toList();
        return all.stream()
                .filter(AuthenticationException.class::isInstance)
                .findFirst()
                .map(failure -> denied(String.valueOf(failure.getMessage())))
                .or(() -> insecure(all).map(text -> new ConnectFailure(Kind.INSECURE, text)))
                .orElseGet(() ->
                        new ConnectFailure(Kind.UNREACHABLE, "%s cannot be reached%s".formatted(settings, why(all))));
    }

    private static List<Throwable> withCauses(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = failure; each != null && chain.size() < 20; each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private ConnectFailure denied(String text) {
        Optional<Instant> expired = settings.credentials() instanceof Credentials.Nkey nkey
                ? nkey.expiry().filter(expiry -> expiry.isBefore(clock.instant()))
                : Optional.empty();
        return new ConnectFailure(
                Kind.DENIED,
                expired.map(expiry -> "%s refused the credentials, whose JWT expired at %s: issue new ones"
                                .formatted(settings, expiry))
                        .orElseGet(() ->
                                "%s refused the credentials (%s): correct user, password, token or credentials file"
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
            format = "%s takes TLS only: set " + names.tls() + ", or tls:// in the URL";
        } else if (text.startsWith("ssl connection wanted by client")) {
            format = "%s offers no TLS: remove " + names.tls()
                    + " and tls:// from the URL, or configure TLS in the server";
        } else if (text.contains("unsupported or unrecognized ssl message")) {
            format = "%s does not begin with TLS: remove " + names.first() + ", or set handshake_first in the server";
        } else if (failure instanceof CertificateExpiredException) {
            format = "the certificate of %s, or one that it depends on, has expired: renew it";
        } else if (text.contains("no subject alternative") || text.contains("no name matching")) {
            format =
                    "the certificate of %s is not for this name: connect by a name that it has, or add this one to it ("
                            + failure.getMessage() + ")";
        } else if (failure instanceof CertPathBuilderException || failure instanceof CertPathValidatorException) {
            format = "the certificate of %s is signed by nobody that is trusted: correct " + names.authorities();
        } else if (text.contains("received fatal alert")
                && (text.contains("certificate") || text.contains("unknown_ca") || text.contains("unknown ca"))) {
            format = "%s does not accept the client certificate, or the lack of one (" + failure.getMessage()
                    + "): correct " + names.clientCertificate();
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
