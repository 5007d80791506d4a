package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.EventStreamClient;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Scratch;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The event logger on a stream that keeps its name, but has fewer messages than before, or others. */
class EventLoggerSetBackIT {
    private final NatsServer nats = new NatsServer("");

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    @BeforeEach
    void startNats() {
        nats.start();
    }

    @AfterEach
    void end() {
        nats.close();
    }

    private void create(StorageType storage) throws Exception {
        nats.createStream("EVENTS", storage, "events.>");
    }

    private void publish(String... names) {
        for (String name : names) {
            eventually(() ->
                    nats.connection().jetStream().publish("events." + name, "1".getBytes(StandardCharsets.UTF_8)));
        }
    }

    private List<String> names() throws Exception {
        return app.events("").stream()
                .map(event -> event.get("name").textValue())
                .toList();
    }

    private static List<String> names(EventStreamClient listener) {
        return listener.received().stream()
                .map(EventStreamClient.Received::data)
                .map(EventLoggerSetBackIT::name)
                .toList();
    }

    private static String name(String json) {
        try {
            JsonNode event = EventLoggerProcess.JSON.readTree(json);
            return event.get("name").textValue();
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private void awaitNoLag() {
        eventually(() -> {
            ConsumerInfo consumer = nats.jetStream().getConsumerInfo("EVENTS", "event-logger");
            assertThat(consumer.getNumPending() + consumer.getNumAckPending()).isZero();
        });
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aStreamInMemoryThatIsCreatedAgainIsShownFromItsBeginning() throws Exception {
        create(StorageType.Memory);
        app.start();
        publish("a", "b", "c", "d");
        eventually(() -> assertThat(names()).hasSize(4));
        try (var listener = new EventStreamClient(app, "")) {
            eventually(() -> assertThat(listener.ids()).hasSize(4));
            String last = listener.received().getLast().eventId();
            nats.kill();
            nats.start();
            create(StorageType.Memory);
            publish("e", "f");

            eventually(() -> assertThat(names()).containsExactly("e", "f"));
            eventually(() -> assertThat(names(listener)).containsExactly("a", "b", "c", "d", "e", "f"));
            awaitNoLag();
            try (var back = new EventStreamClient(app, "", "Last-Event-ID: " + last)) {
                eventually(() -> assertThat(names(back)).containsExactly("e", "f"));
            }
        }
    }

    @Test
    void aStreamThatWasRestoredFromABackupIsShownWithWhatComesThen() throws Exception {
        Path backup = Scratch.directory("event-logger-backup").resolve("jetstream");
        Path store = nats.store().resolve("jetstream");
        create(StorageType.File);
        app.start();
        publish("a", "b", "c");
        eventually(() -> assertThat(names()).hasSize(3));
        awaitNoLag();
        nats.stop();
        copy(store, backup);
        nats.start();
        publish("lost.1", "lost.2", "lost.3");
        eventually(() -> assertThat(names()).hasSize(6));
        try (var listener = new EventStreamClient(app, "")) {
            eventually(() -> assertThat(listener.ids()).hasSize(6));
            String fifth = listener.received().get(4).eventId();
            nats.kill();
            delete(store);
            copy(backup, store);
            nats.start();
            publish("d", "e", "f", "g"); // more than were lost, with the same sequences

            eventually(() -> assertThat(names()).containsExactly("a", "b", "c", "d", "e", "f", "g"));
            eventually(() -> assertThat(names(listener))
                    .containsExactly("a", "b", "c", "lost.1", "lost.2", "lost.3", "a", "b", "c", "d", "e", "f", "g"));
            awaitNoLag();
            app.running().terminate();
            app.start();
            try (var back = new EventStreamClient(app, "", "Last-Event-ID: " + fifth)) {
                eventually(() -> assertThat(names(back)).containsExactly("a", "b", "c", "d", "e", "f", "g"));
            }
        }
    }
}
