package io.jetwright.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.PageBrowser.names;
import static io.jetwright.it.harness.PageBrowser.publish;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.PageBrowser;
import io.nats.client.api.StorageType;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The event logger's page looks back in the stream, and shows one event of it. */
class EventLoggerPageHistoryIT {
    @RegisterExtension
    static final NatsServer nats = new NatsServer("");

    @RegisterExtension
    static final PageBrowser browser = new PageBrowser();

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    /** Each app keeps 20 events; the stream has 200 before. Every tenth is on events.rare, with a header. */
    @BeforeEach
    void fillStream() throws Exception {
        nats.createStream("EVENTS", StorageType.File, "events.>");
        for (int i = 1; i <= 200; i++) {
            boolean isRare = i % 10 == 0;
            nats.connection()
                    .publish(
                            isRare ? "events.rare" : "events.often",
                            isRare ? new Headers().add("Trace-Id", "t" + i) : new Headers(),
                            bytes("{\"n\":" + i + "}"));
        }
        nats.connection().flush(Duration.ofSeconds(10));
        eventually(() -> assertThat(nats.jetStream()
                        .getStreamInfo("EVENTS")
                        .getStreamState()
                        .getLastSequence())
                .isEqualTo(200));
        app.set("HISTORY_SIZE", "20").start();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Page open() {
        Page page = browser.open(app.url("/"));
        assertThat(names(page)).hasCount(20);
        return page;
    }

    private static Locator data(Page page) {
        return page.locator("#events .data");
    }

    private static void scrollToTheEnd(Page page) {
        page.evaluate("document.querySelector('#scroll').scrollTop = 1e6");
    }

    @Test
    void olderEventsComeByScrollingAndWhatArrivesWaits() throws Exception {
        Page page = open();
        page.locator("#older").click();
        assertThat(page.locator("#back-bar")).isVisible();
        eventually(() -> {
            scrollToTheEnd(page);
            assertThat(page.locator("#beginning").isVisible()).isTrue();
        });
        assertThat(data(page).last()).hasText("{\"n\":1}");
        assertThat(names(page)).hasCount(200);

        app.publish("{\"name\":\"new\"}");
        assertThat(page.locator("#messages")).hasText("201");
        assertThat(data(page).first()).hasText("{\"n\":200}");
        page.locator("#live").click();
        assertThat(page.locator("#back-bar")).isHidden();
        assertThat(names(page).first()).hasText("new");
    }

    @ParameterizedTest
    @CsvSource({"35", "#35"})
    void theListIsShownAroundASequence(String sequence) {
        Page page = open();
        page.locator("#from").fill(sequence);

        assertThat(page.locator("#events [aria-current]")).containsText("{\"n\":35}");
        assertThat(page.locator("#events [aria-current]")).isInViewport();
        assertThat(page.locator("#events li:has([aria-current]) + li .data")).hasText("{\"n\":34}");
        assertThat(data(page).first()).hasText("{\"n\":84}");

        page.locator("#newer").click();
        assertThat(data(page).first()).hasText("{\"n\":134}");
    }

    @Test
    void theListIsShownFromATimeOnInTheZoneThatIsChosen() throws Exception {
        ZonedDateTime time =
                Objects.requireNonNull(nats.jetStream().getMessage("EVENTS", 1).getTime());
        Page page = open();
        var clock = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
        page.locator("#from").fill(clock.format(time.withZoneSameInstant(ZoneId.of("Europe/Madrid"))));
        assertThat(page.locator("#back-bar")).isVisible();
        assertThat(page.locator("#events")).containsText("{\"n\":1}");

        page.getByLabel("Times in UTC").check();
        page.locator("#from")
                .fill(clock.format(time.withZoneSameInstant(ZoneId.of("UTC")).plusDays(1)));
        assertThat(names(page)).hasCount(0);
        page.locator("#from").fill("today");
        assertThat(page.locator("#events")).containsText("{\"n\":1}");
        page.locator("#from").fill("the other day");
        assertThat(page.locator("#from-error")).containsText("A sequence, a time, or how long ago");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "35102, 35102",
                "'35,102', 35102",
                "35.102, 35102",
                "#7, 7",
                "15m, 2026-03-10T11:45:00.000Z",
                "2 h, 2026-03-10T10:00:00.000Z",
                "yesterday 14:00, 2026-03-09T13:00:00.000Z",
                "yesterday, 2026-03-08T23:00:00.000Z",
                "12:30, 2026-03-10T11:30:00.000Z",
                "14:00, 2026-03-09T13:00:00.000Z",
                "2026-02-13 08:19, 2026-02-13T07:19:00.000Z",
                "2026-02-13T08:19:35Z, 2026-02-13T08:19:35.000Z",
                "2026-02-13T08:19:35.5+02:00, 2026-02-13T06:19:35.500Z",
                "2026-02-13, 2026-02-12T23:00:00.000Z",
                "24:00, -",
                "tomorrow, -",
                "'1,2', -",
                "2026-99-99T00:00:00Z, -"
            })
    void aPlaceIsReadAsPeopleSayIt(String text, String at) {
        Object found = open().evaluate("""
                async text => (await import('/from.js')).parseTime(text, new Date('2026-03-10T12:00:00Z'))?.at ?? null
                """, text);

        assertThat(found).isEqualTo(at);
    }

    @Test
    void filtersReachTheWholeStream() {
        Page page = open();
        page.locator("#name-filter").fill("rare");
        assertThat(names(page)).hasCount(2);
        page.locator("#older").click();
        assertThat(names(page)).hasCount(20);
        assertThat(data(page).last()).hasText("{\"n\":10}");

        page.locator("#name-filter").fill("events.*");
        page.locator("#header-filter").fill("trace-id:t40");
        page.locator("#from").fill("1");
        assertThat(data(page)).hasText(new String[] {"{\"n\":40}"});
        page.locator("#header-filter").fill("Trace-Id");
        assertThat(names(page)).hasCount(20);
        page.locator("#search").fill("\"n\":50");
        assertThat(data(page)).hasText(new String[] {"{\"n\":50}"});
    }

    @Test
    void anAddressLeadsToOneEvent() {
        Page page = open();
        page.locator("#events .event").nth(3).click();
        String address = page.url();
        assertThat(address).endsWith("#sequence=197");

        Page other = browser.open(address.replace("197", "42"));
        assertThat(other.locator("#detail-facts")).containsText("42");
        assertThat(other.locator("#detail-data")).containsText("\"n\": 42");
        assertThat(other.locator("#detail-title")).isFocused();
        assertThat(other.locator("#events [aria-current]")).containsText("{\"n\":42}");

        other.evaluate("location.hash = '#sequence=99999'");
        assertThat(other.locator("#history-error")).containsText("the stream does not have the event 99999");
    }

    @Test
    void whatPauseHasDroppedIsReadFromTheStream() throws Exception {
        Page page = open();
        page.locator("#pause").click();
        for (int i = 201; i <= 650; i++) {
            nats.connection().publish("events.often", bytes("{\"n\":" + i + "}"));
        }
        assertThat(page.locator("#pause")).hasText("Resume (450)");
        page.locator("#pause").click();
        eventually(() -> {
            scrollToTheEnd(page);
            assertThat(page.locator("#events .gap").count()).isEqualTo(1);
        });
        assertThat(page.locator("#events .gap")).hasText("50 events are not shown here. Show them");

        page.locator("#events .gap").click();

        assertThat(page.locator("#back-bar")).isVisible();
        assertThat(page.locator("#events [aria-current]")).containsText("{\"n\":200}");
        assertThat(page.locator("#events")).containsText("{\"n\":201}");
    }

    @Test
    void anEventIsShownRawAndInHexWithItsSizeAndTime() throws Exception {
        nats.connection().jetStream().publish("events.binary", new byte[] {(byte) 0xff, 0, 'a'});
        publish(browser.open(app.url("/")), "typed", "{\"a\": 1.0}");
        Page page = browser.open(app.url("/"));
        assertThat(page.locator("#events .event").nth(0)).containsText("typed");
        page.locator("#events .event").nth(0).click();
        assertThat(page.locator("#detail-data")).hasText("{ \"a\": 1.0 }");
        page.getByLabel("Raw").check();
        assertThat(page.locator("#detail-data")).hasText("{\"name\":\"typed\",\"data\":{\"a\":1.0}}");
        page.locator("#older").click();
        page.locator("#events .event").nth(1).click();
        page.getByLabel("Hex").check();
        assertThat(page.locator("#detail-data")).containsText(Pattern.compile("00000000 +ff 00 61 +\\.\\.a"));
        assertThat(page.locator("#again")).isHidden();

        page.locator("#from").fill("201");
        page.locator("#events .event").first().click();
        assertThat(page.locator("#detail-facts"))
                .containsText(
                        Pattern.compile("Time\\d\\d \\w+ \\d{4}, \\d\\d:\\d\\d:\\d\\d\\.\\d{3} (CES?T|GMT\\+\\d)"));
        page.getByLabel("Times in UTC").check();
        assertThat(page.locator("#detail-facts")).containsText("UTC");
        assertThat(app.send(app.request("/" + page.locator("#payload").getAttribute("href")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aLargeEventOfTheStreamIsReadAsAWholeWhenAllIsAskedFor() throws Exception {
        nats.connection().jetStream().publish("events.large", bytes("[\"" + "x".repeat(100_000) + "\",1.50]"));
        Page page = open();
        page.locator("#from").fill("201");
        page.locator("#events [aria-current]").click();
        assertThat(page.locator("#detail-facts")).containsText("97.7 KiB");
        assertThat((int) page.evaluate("document.querySelector('#detail-data').textContent.length"))
                .isLessThan(40_000);

        page.locator("#show-all").click();

        assertThat(page.locator("#show-all")).isHidden();
        assertThat(page.locator("#detail-data")).containsText("1.50");
        assertThat((int) page.evaluate("document.querySelector('#detail-data').textContent.length"))
                .isGreaterThan(100_000);
    }

    @Test
    void anEventIsPublishedAgainWithItsHeaders() throws Exception {
        nats.connection()
                .jetStream()
                .publish(
                        "events.dead",
                        new Headers()
                                .add("Content", "json")
                                .add("Nats-Msg-Id", "1")
                                .add("Reason", "max deliveries"),
                        bytes("{\"total\":1.50}"));
        Page page = open();
        page.locator("#events .event").first().click();
        assertThat(page.locator("#detail-headers dt")).hasText(new String[] {"Reason", "Nats-Msg-Id", "Content"});

        page.locator("#again").click();

        assertThat(page.locator("#publish-name")).isFocused();
        assertThat(page.locator("#publish-name")).hasValue("dead");
        assertThat(page.locator("#publish-headers"))
                .hasValue(Pattern.compile("^(?!.*Nats-).*Reason: max deliveries", Pattern.DOTALL));
        page.locator("#publish-button").click();
        assertThat(page.locator("#publish-result")).hasText("Published to events.dead");
        var message = nats.jetStream().getMessage("EVENTS", 202);
        assertThat(Objects.requireNonNull(message.getHeaders()).get("Reason")).containsExactly("max deliveries");
        assertThat(new String(message.getData(), StandardCharsets.UTF_8)).contains("1.50");
    }

    @Test
    void whatIsShownIsDownloadedAsJsonLines() throws Exception {
        Page page = open();
        page.locator("#name-filter").fill("rare");
        assertThat(page.locator("#download")).hasAttribute("href", Pattern.compile("name=rare"));

        var answer = app.get("/" + page.locator("#download").getAttribute("href"));

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/x-ndjson"));
        List<JsonNode> events = answer.body()
                .lines()
                .map(line -> {
                    try {
                        return EventLoggerProcess.JSON.readTree(line);
                    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
        assertThat(events)
                .hasSize(20)
                .allSatisfy(event -> assertThat(event.get("name").asText()).isEqualTo("rare"));
    }
}
