package io.jetwright.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.EventStreamClient;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.PageBrowser;
import io.jetwright.it.harness.Scratch;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
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
    static final PageBrowser browser = new PageBrowser();

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

    private JsonNode history(String query) throws Exception {
        HttpResponse<String> answer = app.get("/history" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return EventLoggerProcess.json(answer);
    }

    /** A stream whose events lost.1 to lost.3 a backup does not have, which is returned. */
    private Path createWhatABackupDoesNotHave() throws Exception {
        Path backup = Scratch.directory("event-logger-backup").resolve("jetstream");
        create(StorageType.File);
        app.start();
        publish("a", "b", "c");
        eventually(() -> assertThat(names()).hasSize(3));
        awaitNoLag();
        nats.stop();
        copy(nats.store().resolve("jetstream"), backup);
        nats.start();
        publish("lost.1", "lost.2", "lost.3");
        eventually(() -> assertThat(names()).hasSize(6));
        return backup;
    }

    private void restore(Path backup) throws IOException {
        Path store = nats.store().resolve("jetstream");
        nats.kill();
        delete(store);
        copy(backup, store);
        nats.start();
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
        Path backup = createWhatABackupDoesNotHave();
        try (var listener = new EventStreamClient(app, "")) {
            eventually(() -> assertThat(listener.ids()).hasSize(6));
            String fifth = listener.received().get(4).eventId();
            restore(backup);
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

    @Test
    void whoLooksBackIsToldThatTheStreamWasSetBack() throws Exception {
        Path backup = createWhatABackupDoesNotHave();
        JsonNode before = history("");
        String epoch = "?epoch=" + before.get("epoch").textValue();
        assertThat(before.get("reset").booleanValue()).isFalse();
        publish("lost.4");
        assertThat(history(epoch).get("reset").booleanValue()).isFalse();
        assertThat(app.get("/history" + epoch + "&format=jsonl").headers().firstValue("Event-Logger-Reset"))
                .hasValue("false");

        restore(backup);
        eventually(() -> assertThat(names()).hasSize(3));
        assertThat(history(epoch).get("reset").booleanValue()).isTrue();
        publish("d", "e", "f", "g", "h");

        JsonNode after = history(epoch + "&at=5");
        assertThat(after.get("reset").booleanValue()).isTrue();
        assertThat(app.get("/history" + epoch + "&format=jsonl").headers().firstValue("Event-Logger-Reset"))
                .hasValue("true");
        assertThat(history("?epoch=" + after.get("epoch").textValue())
                        .get("reset")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void aDownloadWhoseStreamIsSetBackDoesNotLookComplete() throws Exception {
        create(StorageType.Memory);
        for (int i = 0; i < 50; i++) {
            nats.connection().jetStream().publish("events.large", new byte[500_000]);
        }
        app.start();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.getOutputStream()
                    .write("GET /history?format=jsonl HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            nats.jetStream().deleteStream("EVENTS");
            create(StorageType.Memory);
            for (int i = 0; i < 50; i++) {
                publish("small");
            }

            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).doesNotEndWith("0\r\n\r\n");
        }
    }

    private static List<String> rows(Page page) {
        return PageBrowser.names(page).allTextContents();
    }

    @Test
    void thePageShowsNothingOfWhatTheStreamHasLost() throws Exception {
        Path backup = createWhatABackupDoesNotHave();
        Page live = browser.open(app.url("/"));
        Page paused = browser.open(app.url("/"));
        Page back = browser.open(app.url("/"));
        for (Page page : List.of(live, paused, back)) {
            assertThat(PageBrowser.names(page)).hasCount(6);
        }
        paused.locator("#pause").click();
        back.locator("#from").fill("5");
        assertThat(back.locator("#back-bar")).isVisible();
        assertThat(back.locator("#events [aria-current]")).containsText("lost.2");

        restore(backup);
        publish("d", "e", "f", "g");

        String[] there = {"g", "f", "e", "d", "c", "b", "a"};
        assertThat(PageBrowser.names(live)).hasText(there);
        assertThat(live.locator("#reset")).containsText("the stream was set back or created again");
        assertThat(
                        live.evaluate(
                                "new Set([...document.querySelectorAll('#events [data-key]')].map(row => row.dataset.key)).size"))
                .isEqualTo(there.length);
        assertThat(paused.locator("#pause")).hasText("Resume (7)");
        paused.locator("#pause").click();
        assertThat(PageBrowser.names(paused)).hasText(there);

        back.locator("#from").fill("4");
        assertThat(back.locator("#events [aria-current]")).containsText("d");
        assertThat(rows(back)).doesNotContain("lost.1", "lost.2", "lost.3").doesNotHaveDuplicates();
    }

    @Test
    void whoReadsOnWhenTheStreamIsSetBackIsShownWhatThereIs() throws Exception {
        create(StorageType.Memory);
        for (int i = 0; i < 200; i++) {
            publish("old");
        }
        app.set("HISTORY_SIZE", "20").start();
        Page page = browser.open(app.url("/"));
        assertThat(PageBrowser.names(page)).hasCount(20);
        page.locator("#from").fill("150");
        assertThat(page.locator("#back-bar")).isVisible();
        nats.jetStream().deleteStream("EVENTS");
        create(StorageType.Memory);
        for (int i = 0; i < 160; i++) {
            publish("new");
        }
        eventually(() -> assertThat(names()).hasSize(20).containsOnly("new"));
        assertThat(page.locator("#reset")).isVisible();
        assertThat(rows(page)).containsOnly("old");

        page.locator("#older").click();

        assertThat(page.locator("#back-bar")).isHidden();
        assertThat(PageBrowser.names(page).first()).hasText("new");
        assertThat(rows(page)).containsOnly("new");
    }
}
