package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Scratch;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error in any thread of the event logger ends the process, so that Kubernetes starts it again. */
class EventLoggerErrorsIT {
    private final NatsServer nats = new NatsServer("");

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    @BeforeEach
    void createStream() throws Exception {
        nats.start();
        nats.createStream("EVENTS", StorageType.Memory, "events.>");
        nats.connection().jetStream().publish("events.a", new byte[] {'1'});
    }

    @AfterEach
    void end() {
        nats.close();
    }

    /** A class that another class loader has loaded is of no use to the others of its package: each use is an error. */
    private static String unusable(String name) throws IOException {
        Path directory = Scratch.directory("event-logger-errors");
        String file = "io/jetwright/" + name + ".class";
        Path target = directory.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
            Files.write(target, in == null ? new byte[0] : in.readAllBytes());
        }
        return "-Xbootclasspath/a:" + directory;
    }

    @ParameterizedTest
    @CsvSource({
        // class, who uses it
        "eventlogger/EventId, history-reader",
        "eventlogger/PullRequests$Limits, history-reader or acknowledger",
        "eventlogger/StreamView$ConsumerView, stream-poller",
        "nats/Attempt, nats-connect"
    })
    void anErrorOfAThreadEndsTheProcess(String name, String threads) throws Exception {
        app.set("JAVA_TOOL_OPTIONS", unusable(name)).launch();

        assertThat(app.running().exitCode()).as(threads).isEqualTo(3);
        assertThat(app.running().output().toString()).contains("has ended", "IllegalAccessError");
    }

    /** Of a connection, before there is a request. */
    @Test
    void anErrorOfAConnectionEndsTheProcess() throws Exception {
        app.set("JAVA_TOOL_OPTIONS", unusable("eventlogger/Deadline")).launch();

        eventually(() -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
                socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            }
        });

        assertThat(app.running().exitCode()).isEqualTo(3);
        assertThat(app.running().output().toString()).contains("has ended", "IllegalAccessError");
    }

    @ParameterizedTest
    @CsvSource({
        // class, what uses it
        "eventlogger/QueryParameters, /events",
        "eventlogger/LastEventId, /events/stream?lastEventId=1",
        "eventlogger/EventWriter, /events/stream"
    })
    void anErrorOfARequestEndsTheProcess(String name, String path) throws Exception {
        app.set("JAVA_TOOL_OPTIONS", unusable(name)).start();
        try {
            app.get(path);
        } catch (IOException e) {
            // the connection ends with the process
        }

        assertThat(app.running().exitCode()).isEqualTo(3);
        assertThat(app.running().output().toString()).contains("has ended", "IllegalAccessError");
    }
}
