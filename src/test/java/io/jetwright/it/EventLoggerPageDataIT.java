package io.jetwright.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.PageBrowser;
import io.nats.client.api.StorageType;
import java.nio.charset.StandardCharsets;
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
