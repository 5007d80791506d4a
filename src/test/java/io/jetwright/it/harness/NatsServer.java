package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A nats-server with a port and a store of its own, which it keeps when it is started again. Registered as a static extension, it
 * is one server for all tests of a class, and each finds it running as it was configured at first, with nothing stored.
 */
public final class NatsServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, AutoCloseable {
    /** Another release for the tests that ask for none of their own, such as {@code nats-server-2.12}. */
    private static final String RELEASE = "JETWRIGHT_TEST_NATS";

    private static final String NO_JETSTREAM = "jetstream: disabled\n";

    private Path program;
    private final Path directory = Scratch.directory("nats");
    private final String address;
    private final int port;
    private final Map<String, Connection> connections = new HashMap<>();
    private final String initialConfiguration;
    private String configuration;
    private @Nullable ChildProcess process;

    /**
     * Not yet started.
     *
     * @param release the name that {@code dev/tools/provide} knows it by
     * @param address of this machine, on which it is to listen
     * @param configuration text for the server's file; may be empty. A {@code jetstream} block replaces the one that there is,
     *     and so needs {@code store_dir: $store}
     */
    NatsServer(String release, String address, String configuration) {
        this.address = address;
        port = Ports.free(address);
        program = Programs.provide(release).get(0);
        initialConfiguration = configuration;
        this.configuration = configuration;
    }

    /** The release under test, on the loopback address; not yet started. */
    public NatsServer(String configuration) {
        this(release(), "127.0.0.1", configuration);
    }

    /** A release by the name that {@code dev/tools/provide} knows it by, on the loopback address; not yet started. */
    public static NatsServer ofRelease(String release, String configuration) {
        return new NatsServer(release, "127.0.0.1", configuration);
    }

    /** The release under test, by the name that {@code dev/tools/provide} knows it by: the newest if none is asked for. */
    static String release() {
        String asked = System.getenv().getOrDefault(RELEASE, "");
        return asked.isBlank() ? "nats-server" : asked;
    }

    /** Servers that are not yet started, and form a cluster once they are. */
    static List<NatsServer> cluster(int size, String release, String address, String configuration) {
        List<Integer> ports =
                IntStream.range(0, size).mapToObj(i -> Ports.free()).toList();
        List<String> routes =
                ports.stream().map(port -> "nats-route://127.0.0.1:" + port).toList();
        return ports.stream()
                .map(port -> new NatsServer(release, address, """
                        cluster { name: test, listen: "127.0.0.1:%d", routes: %s }
                        %s""".formatted(port, routes, configuration)))
                .toList();
    }

    /** Takes effect at the next start. */
    public void configure(String configuration) {
        this.configuration = configuration;
    }

    /** Another release, by the name that {@code dev/tools/provide} knows it by, on the same store; takes effect at the next start. */
    public void release(String release) {
        program = Programs.provide(release).get(0);
    }

    public void configureWithoutJetStream() {
        configure(NO_JETSTREAM);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        restore();
        clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    /** Starts it again as it was configured at first, should it be configured otherwise. */
    public void restore() {
        if (!configuration.equals(initialConfiguration)) {
            stop();
            configure(initialConfiguration);
        }
        start();
    }

    /** Starts it unless it runs, and waits until it takes connections. */
    public void start() {
        if (isRunning()) {
            return;
        }
        process = ChildProcess.start(command(), Map.of());
        eventually(() -> {
            if (isRunning()) {
                Ports.connect(address, port);
            }
        });
        assertThat(isRunning()).as("nats-server ended early: %s", log()).isTrue();
        if (!configuration.equals(NO_JETSTREAM)) {
            assertThat(directory.resolve("jetstream"))
                    .as("a configuration with a jetstream block of its own has store_dir: $store in it")
                    .exists();
        }
    }

    private List<String> command() {
        Path file = directory.resolve("nats.conf");
        try {
            Files.writeString(file, """
                    listen: "%s:%d"
                    server_name: "%s"
                    %s
                    %s
                    """.formatted(address, port, name(), jetStreamConfiguration(), configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(program.toString(), "--config", file.toString());
    }

    /** Where its JetStream keeps its files. */
    public Path store() {
        return directory;
    }

    private String jetStreamConfiguration() {
        return configuration.equals(NO_JETSTREAM)
                ? ""
                : "store: \"" + directory + "\"\njetstream { store_dir: $store }";
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Lets it end in order. */
    public void stop() {
        if (process != null) {
            process.terminate();
        }
    }

    /** Ends it at once; a memory store is lost either way, a file store is recovered. */
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** Lets it answer nothing, while its connections stay, until {@link #thaw}. */
    public void freeze() {
        if (process != null) {
            process.freeze();
        }
    }

    public void thaw() {
        if (process != null) {
            process.thaw();
        }
    }

    /** As it introduces itself. */
    public String name() {
        return "nats-" + port;
    }

    /** Of the running server. */
    String version() {
        return connection().getServerInfo().getVersion();
    }

    public String url() {
        return "nats://" + address + ":" + port;
    }

    /** With these credentials in it. */
    public String url(String user, String password) {
        return "nats://%s:%s@%s:%d".formatted(user, password, address, port);
    }

    /** The test's own connection, which outlasts restarts of the server that lets it in. */
    public Connection connection() {
        return connection(url());
    }

    public Connection connection(String user, String password) {
        return connection(url(user, password));
    }

    /** A new one if the last one has ended, as it does when the server refuses it. */
    private Connection connection(String url) {
        return connections.compute(
                url,
                (key, known) -> known == null || known.getStatus() == Connection.Status.CLOSED ? connect(key) : known);
    }

    private static Connection connect(String url) {
        Options options = new Options.Builder()
                .server(url)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(50))
                .errorListener(new ErrorListener() {})
                .build();
        try {
            return Nats.connect(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public JetStreamManagement jetStream() {
        try {
            return connection().jetStreamManagement();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a stream, as soon as JetStream takes it. */
    public void createStream(String name, StorageType storage, String... subjects) {
        eventually(() -> jetStream()
                .addStream(StreamConfiguration.builder()
                        .name(name)
                        .subjects(subjects)
                        .storageType(storage)
                        .build()));
    }

    /** The end of what the server has written since it was last started. */
    public String log() {
        return process == null ? "" : process.output().toString();
    }

    /** Waits until a cluster that was just started answers JetStream's requests. */
    void awaitJetStream() {
        eventually(() -> jetStream().getAccountStatistics());
    }

    /** Removes all streams. */
    public void clear() {
        clear(this::jetStream);
    }

    /** Removes all streams of a server or cluster. */
    static void clear(Callable<JetStreamManagement> jetStream) {
        eventually(() -> {
            for (String stream : jetStream.call().getStreamNames()) {
                jetStream.call().deleteStream(stream);
            }
        });
    }

    @Override
    public void close() {
        try {
            for (Connection connection : connections.values()) {
                connection.close();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        kill();
    }
}
