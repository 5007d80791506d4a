package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The servers of {@code examples/nats-cluster}, as processes that tests can stop: its own configuration file, as it is, and its
 * own Secrets. What a Pod has of its own, each server has here, too: a name, and an address, which is one of the loopback network.
 */
public final class ExampleCluster implements AutoCloseable {
    public static final Path EXAMPLE = Path.of("examples", "nats-cluster");
    private static final int SIZE = 3;

    private final Path directory = Scratch.directory("nats-cluster");
    private final Path program = Programs.provide(NatsServer.release()).get(0);
    private final List<String> addresses = addresses();
    private final Map<String, GenericKubernetesResource> secrets;
    private final List<@Nullable ChildProcess> servers = new ArrayList<>();
    private @Nullable Connection connection;

    public ExampleCluster() {
        secrets = secrets(addresses);
        for (String file : List.of("tls.crt", "tls.key", "ca.crt")) {
            write(file, secret("nats-tls", file));
        }
        for (int i = 0; i < SIZE; i++) {
            servers.add(null);
        }
    }

    /** A third of a network of its own, so that several tests can run at once, each on the ports of the example. */
    private static List<String> addresses() {
        var random = ThreadLocalRandom.current();
        String network = "127.%d.%d.".formatted(random.nextInt(1, 255), random.nextInt(1, 255));
        return Stream.of(1, 2, 3).map(host -> network + host).toList();
    }

    private static Map<String, GenericKubernetesResource> secrets(List<String> addresses) {
        List<String> command =
                new ArrayList<>(List.of(EXAMPLE.resolve("secrets").toString()));
        command.addAll(addresses);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return TestNamespace.parse(yaml).stream()
                    .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), secret -> secret));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a Secret of the example holds, decoded. */
    private String secret(String name, String key) {
        GenericKubernetesResource secret = Objects.requireNonNull(secrets.get(name), name);
        String plain = secret.get("stringData", key);
        if (plain != null) {
            return plain;
        }
        return new String(Base64.getDecoder().decode(secret.<String>get("data", key)), StandardCharsets.UTF_8);
    }

    private void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Secrets that the operator needs to reach it. */
    public List<GenericKubernetesResource> secretsOfTheOperator() {
        return Stream.of("nats-ca", "nats-jetwright")
                .map(name -> Objects.requireNonNull(secrets.get(name)))
                .toList();
    }

    /** For the {@code servers} of a Connection. */
    public List<String> urls() {
        return addresses.stream().map(address -> "tls://" + address + ":4222").toList();
    }

    public static String name(int server) {
        return "nats-" + server;
    }

    public static int number(String name) {
        return Integer.parseInt(name.substring("nats-".length()));
    }

    /** Starts the servers that do not run, and waits until JetStream works. */
    public void start() {
        for (int i = 0; i < SIZE; i++) {
            start(i);
        }
        eventually(() -> jetStream().getAccountStatistics());
    }

    public void start(int server) {
        ChildProcess known = servers.get(server);
        if (known == null || !known.isAlive()) {
            servers.set(
                    server,
                    ChildProcess.start(
                            List.of(
                                    program.toString(),
                                    "--config",
                                    EXAMPLE.resolve("base").resolve("nats.conf").toString(),
                                    "--addr",
                                    addresses.get(server),
                                    "--cluster",
                                    "nats://" + addresses.get(server) + ":6222"),
                            environment(server)));
        }
    }

    private Map<String, String> environment(int server) {
        String routes = addresses.stream()
                .map(address -> "\"nats-route://" + address + ":6222\"")
                .collect(joining(", ", "[", "]"));
        return Map.of(
                "POD_NAME", name(server),
                "ROUTES", routes,
                "STORE_DIR", directory.resolve(name(server)).toString(),
                "TLS_CERT", directory.resolve("tls.crt").toString(),
                "TLS_KEY", directory.resolve("tls.key").toString(),
                "TLS_CA", directory.resolve("ca.crt").toString(),
                "ADMIN_PASSWORD", secret("nats-passwords", "ADMIN_PASSWORD"),
                "APP_PASSWORD", secret("nats-passwords", "APP_PASSWORD"),
                "JETWRIGHT_PASSWORD", secret("nats-passwords", "JETWRIGHT_PASSWORD"));
    }

    /** As a Pod that is deleted: in order, with the volume kept. */
    public void stop(int server) {
        ChildProcess process = servers.get(server);
        if (process != null) {
            process.kill();
        }
    }

    /** An application's own connection, over TLS; it outlasts the loss of a server. */
    public Connection connection() {
        Connection known = connection;
        if (known == null) {
            known = connect();
            connection = known;
        }
        return known;
    }

    private Connection connect() {
        Options options = new Options.Builder()
                .servers(urls().toArray(String[]::new))
                .sslContext(trusting(secret("nats-ca", "ca.crt")))
                .userInfo("app", secret("nats-passwords", "APP_PASSWORD"))
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(50))
                .errorListener(new ErrorListener() {})
                .build();
        try {
            return Nats.connectReconnectOnConnect(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(String certificate) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public JetStreamManagement jetStream() throws IOException {
        return connection().jetStreamManagement();
    }

    /** Removes all streams. */
    public void clear() {
        NatsServer.clear(this::jetStream);
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (ChildProcess server : servers) {
            if (server != null) {
                server.close();
            }
        }
    }
}
