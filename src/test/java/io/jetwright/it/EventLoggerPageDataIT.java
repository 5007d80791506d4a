package io.jetwright.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.jetwright.api.DeadLetterReason;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.PageBrowser;
import io.jetwright.letter.Death;
import io.jetwright.letter.Header;
import io.jetwright.letter.Letter;
import io.jetwright.letter.LetterSubject;
import io.jetwright.letter.OriginalMessage;
import io.nats.client.api.StorageType;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the event logger's page shows of an event's data, and what it copies. */
class EventLoggerPageDataIT {
    @RegisterExtension
    static final NatsServer nats = new NatsServer("");

    @RegisterExtension
    static final PageBrowser browser = new PageBrowser();

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    @BeforeEach
    void startApp() {
        nats.createStream("EVENTS", StorageType.File, "events.>");
        app.start();
    }

    private Page open() {
        return browser.open(app.url("/"));
    }

    private static void publishRaw(String subject, String payload) throws Exception {
        nats.connection().jetStream().publish(subject, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static String paste(Page page) {
        page.locator("#publish-data").fill("");
        page.locator("#publish-data").focus();
        page.keyboard().press("Control+V");
        return page.locator("#publish-data").inputValue();
    }

    @Test
    void numbersAreShownAndCopiedAsTheyWereWritten() throws Exception {
        publishRaw("events.order", "{\"id\":9007199254740993,\"total\":1.50,\"big\":1E400,\"id\":-0.0}");

        Page page = open();

        assertThat(page.locator("#events .data").first())
                .hasText("{\"id\":9007199254740993,\"total\":1.50,\"big\":1E400,\"id\":-0.0}");
        page.locator("#events .event").first().click();
        assertThat(page.locator("#detail-data .j-number"))
                .hasText(new String[] {"9007199254740993", "1.50", "1E400", "-0.0"});
        page.locator("#copy").click();
        assertThat(page.locator("#copy")).hasText("Copied");
        assertThat(paste(page))
                .contains(
                        "\"data\": {",
                        "\"id\": 9007199254740993,",
                        "\"total\": 1.50,",
                        "\"big\": 1E400,",
                        "\"id\": -0.0");
    }

    /** By plain http, from a name that is not localhost, browsers have no {@code navigator.clipboard}. */
    @Test
    void copyingTakesNoHttps() throws Exception {
        publishRaw("events.deploy", "{\"name\":\"deploy\",\"data\":\"nginx v2\"}");
        Page page = browser.open("http://events.test:%d/".formatted(app.port()));
        assertThat(page.evaluate("navigator.clipboard === undefined")).isEqualTo(true);
        page.locator("#events .event").first().click();

        page.locator("#copy").click();

        assertThat(page.locator("#copy")).hasText("Copied");
        assertThat(page.locator("#copy")).isFocused();
        assertThat(paste(page)).contains("\"data\": \"nginx v2\"");
    }

    /** What is written, and how it is shown, where ¶ begins a line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{}",
                "[ ]|[]",
                "[1,[2.0,{}]]|[¶  1,¶  [¶    2.0,¶    {}¶  ]¶]",
                "{\"a\":\"{\\\\\",\"b\\\"\":[null,true]}|{¶  \"a\": \"{\\\\\",¶  \"b\\\"\": [¶    null,¶    true¶  ]¶}",
                "\"a\\u00e9,: \"|\"a\\u00e9,: \"",
                "-12.0e+5|-12.0e+5",
                // cut off
                "{\"a\":[1,\"b|{¶  \"a\": [¶    1,¶    \"b"
            })
    void jsonIsSetInLinesAsItIsWritten(String written, String shown) {
        Object all = open().evaluate("async text => (await import('/json.js')).prettyText(text)", written);

        assertThat(all).isEqualTo(shown.replace('¶', '\n'));
    }

    private static Death death(DeadLetterReason reason, @Nullable String description, String id) {
        Instant time = Instant.parse("2026-02-13T08:19:35Z");
        return new Death(reason, "ORDERS", "worker", 35102, 5, description, time, id, "");
    }

    private static String[] lines(String text) {
        return text.lines().toArray(String[]::new);
    }

    @Test
    void aDeadLetterTellsFirstWhyItsMessageDiedAndWhereItComesFrom() throws Exception {
        var letters = new DeadLetters(nats);
        var subjects = new LetterSubject("events.{consumer}.{subject}", "ORDERS", "worker");
        var original = new OriginalMessage(
                "orders.eu",
                35102,
                "2026-02-13T08:00:00.123456789Z",
                List.of(new Header("Trace-Id", "4bf9"), new Header("Dead-Letter-Redrives", "2")),
                "{\"total\":1.50}".getBytes(StandardCharsets.UTF_8));
        Death exhausted = death(DeadLetterReason.MAX_DELIVERIES, null, "1");
        letters.store(Letter.of(exhausted, original, subjects, Optional.of(7L)));
        Death terminated = death(DeadLetterReason.TERMINATED, "no customer Zoë", "2");
        letters.store(Letter.gone(terminated, "orders.*", subjects, Optional.empty(), true));
        Death large = death(DeadLetterReason.MAX_DELIVERIES, null, "3");
        letters.store(Letter.pointer(
                large, original, subjects, Optional.empty(), "it has 9 bytes, and at most 8 can be stored"));
        var unknown = new Headers().add("Dead-Letter-Reason", "constructor").add("Dead-Letter-Stream", "S");
        nats.connection().jetStream().publish("events.odd", unknown.add("Dead-Letter-Time", "soon"), new byte[0]);
        Page page = open();

        Locator rows = page.locator("#events .event");
        assertThat(rows.nth(3).locator(".data")).hasText("MaxDeliveries{\"total\":1.50}");
        assertThat(rows.nth(2).locator(".data"))
                .hasText(
                        "Terminatedgonethe stream let go of the message when it was terminated, before it could be copied");
        assertThat(rows.nth(1).locator(".data"))
                .hasText(
                        "MaxDeliveriestoo-largeit has 9 bytes, and at most 8 can be stored; the message stays in stream ORDERS as 35102");

        rows.nth(3).click();
        assertThat(page.locator("#detail dl").first()).hasId("detail-letter");
        assertThat(page.locator("#detail-letter dt")).hasText(lines("""
                Reason
                Consumer
                Stream of origin
                Subject of origin
                Sequence there
                Deliveries
                Time of death
                Published
                Sent back before
                """));
        assertThat(page.locator("#detail-letter dd")).hasText(lines("""
                MaxDeliveries: delivered as often as maxDeliver allows, and not acknowledged
                worker
                ORDERS
                orders.eu
                35102
                5
                13 Feb 2026, 09:19:35.000 CET
                13 Feb 2026, 09:00:00.123 CET
                2
                """));
        assertThat(page.locator("#detail-headers dt").first()).hasText("Trace-Id");
        assertThat(page.locator("#detail-data")).containsText("1.50");
        assertThat(page.locator("#again")).isHidden();

        rows.nth(2).click();
        assertThat(page.locator("#detail-letter dd").nth(0))
                .hasText("Terminated: a client has said that it is not to be delivered again");
        assertThat(page.locator("#detail-letter dd").nth(1)).hasText("no customer Zoë");
        assertThat(page.locator("#detail-letter dd").nth(2))
                .hasText("gone: not in the letter, since the message was gone");
        assertThat(page.locator("#detail-letter dd").nth(3)).containsText("the stream let go of the message");
        rows.nth(0).click();
        assertThat(page.locator("#detail-letter dd")).hasText(new String[] {"constructor", "S", "soon"});

        rows.nth(2).click();
        PageBrowser.picture(page, "dead-letter");

        Page spanish = browser.open(app.url("/"), "es-ES");
        spanish.locator("#events .event").nth(1).click();
        assertThat(spanish.locator("#detail-letter dt").first()).hasText("Motivo");
        assertThat(spanish.locator("#detail-letter dd").nth(1))
                .hasText("too-large: no está en la copia, que habría sido demasiado grande");
        assertThat(spanish.locator("#detail-letter dd").nth(2)).hasAttribute("lang", "en");
    }

    @Test
    void aLargeEventIsShownInPartUntilAllIsAskedFor() throws Exception {
        var items = new StringBuilder("[");
        for (int i = 0; i < 2000; i++) {
            items.append("{\"item\":").append(i).append("},");
        }
        publishRaw("events.large", items + "{\"item\":\"last\"}]");
        Page page = open();
        page.locator("#events .event").first().click();

        Locator data = page.locator("#detail-data");
        assertThat(data).containsText("\"item\": 0");
        assertThat(page.locator("#show-all")).hasText("Show all (26.3 KiB)");
        assertThat(data.textContent().length()).isLessThan(20_000);

        page.locator("#show-all").click();

        assertThat(page.locator("#show-all")).isHidden();
        assertThat(data).containsText("\"item\": \"last\"");
        assertThat(data.locator(".part").count()).isGreaterThan(2);
        assertThat(data).isFocused();
        assertThat(page.locator("#announcement")).hasText("All of the data is shown.");
        Object copied = page.evaluate("document.querySelector('#detail-data').textContent");
        assertThat((String) copied).hasLineCount(2000 * 3 + 5);
    }
}
