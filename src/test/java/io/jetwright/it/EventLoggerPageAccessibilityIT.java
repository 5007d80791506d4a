package io.jetwright.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.jetwright.it.harness.PageBrowser.names;
import static io.jetwright.it.harness.PageBrowser.publish;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.jetwright.api.DeadLetterReason;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.PageBrowser;
import io.jetwright.letter.Death;
import io.jetwright.letter.Letter;
import io.jetwright.letter.LetterSubject;
import io.nats.client.api.StorageType;
import io.nats.client.impl.Headers;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The event logger's page for those who do not see it or have no mouse, and in their language. */
class EventLoggerPageAccessibilityIT {
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

    /** The success criteria of WCAG 2.2, levels A and AA, that can be tested by a program, and what axe advises. */
    private static final String RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

    private static void fill() throws Exception {
        for (int i = 0; i < 4; i++) {
            nats.connection()
                    .jetStream()
                    .publish("events.deploy", new Headers().add("Trace-Id", "4bf9"), bytes("{\"a\":1}"));
            nats.connection().jetStream().publish("events.backup", bytes("finished in 41 s"));
            nats.connection().jetStream().publish("events.binary", new byte[] {(byte) 0xff, 1});
        }
    }

    /** A page that begins with all that {@link #fill} publishes. */
    private Page openFilled() throws Exception {
        fill();
        Page page = browser.open(app.url("/"));
        assertThat(names(page)).hasCount(12);
        page.reload();
        assertThat(names(page)).hasCount(12);
        return page;
    }

    private static void storeLetter() throws Exception {
        var death =
                new Death(DeadLetterReason.TERMINATED, "ORDERS", "worker", 7, 5, "no customer", Instant.now(), "1", "");
        var subjects = new LetterSubject("events.{consumer}", "ORDERS", "worker");
        new DeadLetters(nats).store(Letter.gone(death, "orders.*", subjects, Optional.empty(), true));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The violations that axe finds, each with the elements. */
    private static List<?> violations(Page page) throws Exception {
        try (InputStream axe =
                Objects.requireNonNull(EventLoggerPageAccessibilityIT.class.getResourceAsStream("/axe.min.js"))) {
            page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) page.evaluate("""
                async () => (await axe.run(document, {runOnly: %s})).violations
                    .map(each => each.id + ': ' + each.nodes.map(node => node.html + ' ' + node.failureSummary).join('; '))
                """.formatted(RULES));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280, 860", "DARK, 1280, 860", "LIGHT, 390, 844", "DARK, 390, 844"})
    void axeFindsNothing(ColorScheme scheme, int width, int height) throws Exception {
        fill();
        Page page = browser.open(app.url("/"), width, height, scheme);
        assertThat(names(page)).hasCount(12);
        assertThat(violations(page)).as("list").isEmpty();

        page.locator("#events .event").nth(2).click();
        page.locator("#publish-more summary").click();
        page.locator("#publish-button").click();
        assertThat(page.locator("#publish-result")).not().isEmpty();
        page.locator("#name-filter").fill("a..b");
        page.locator("#from").fill("whenever");
        assertThat(page.locator("#from-error")).isVisible();
        page.locator("#pause").click();
        assertThat(violations(page)).as("detail, errors and pause").isEmpty();

        page.locator("#name-filter").fill("nothing");
        assertThat(page.locator("#empty")).isVisible();
        assertThat(violations(page)).as("no match").isEmpty();

        page.locator("#pause").click();
        page.locator("#name-filter").fill("");
        page.locator("#from").fill("");
        storeLetter();
        page.locator("#events .event", new Page.LocatorOptions().setHasText("Terminated"))
                .click();
        assertThat(page.locator("#detail-letter")).isVisible();
        assertThat(violations(page)).as("dead letter").isEmpty();
    }

    @Test
    void theRowsAreOneTabStopAndArrowsGoThroughThem() throws Exception {
        Page page = openFilled();
        Locator rows = page.locator("#events .event");
        assertThat(page.locator("#events [tabindex='0']")).hasCount(1);

        page.locator("#from").focus();
        page.keyboard().press("Tab");
        assertThat(rows.nth(0)).isFocused();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(rows.nth(2)).isFocused();
        page.keyboard().press("ArrowUp");
        assertThat(rows.nth(1)).isFocused();
        page.keyboard().press("End");
        assertThat(rows.nth(11)).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(rows.nth(11)).isFocused();
        page.keyboard().press("PageUp");
        assertThat(rows.nth(1)).isFocused();
        page.keyboard().press("Home");
        assertThat(rows.nth(0)).isFocused();
        assertThat(page.locator("#events [tabindex='0']")).hasCount(1);
        page.keyboard().press("Tab");
        assertThat(page.locator("#older")).isFocused();
        page.keyboard().press("Shift+Tab");
        assertThat(rows.nth(0)).isFocused();

        publish(page, "new", "1");
        assertThat(names(page)).hasCount(13);
        assertThat(page.locator("#events [tabindex='0']")).hasCount(1);
    }

    @Test
    void theFocusGoesToTheDetailAndBackAndWithoutItTheDetailIsAnnounced() throws Exception {
        Page page = openFilled();
        Locator rows = page.locator("#events .event");
        rows.nth(2).focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#detail-title")).isFocused();
        page.keyboard().press("Escape");
        assertThat(rows.nth(2)).isFocused();

        page.keyboard().press("j");
        assertThat(page.locator("#announcement")).hasText("binary, sequence 12, is shown.");
        assertThat(rows.nth(0)).isFocused();
        page.keyboard().press("j");
        assertThat(page.locator("#announcement")).hasText("backup, sequence 11, is shown.");
        assertThat(rows.nth(1)).hasAttribute("aria-current", "true");
    }

    @Test
    void keysOfOneLetterCanBeSwitchedOff() throws Exception {
        fill();
        Page page = browser.open(app.url("/"));
        assertThat(names(page)).hasCount(12);
        page.getByLabel("Keys of one letter").uncheck();
        page.reload();
        assertThat(names(page)).hasCount(12);
        page.locator("#events-title").focus();
        for (String key : List.of("j", "k", "n", "p", "/")) {
            page.keyboard().press(key);
        }
        assertThat(page.locator("#detail")).isHidden();
        assertThat(page.locator("#pause")).hasAttribute("aria-pressed", "false");
        assertThat(page.locator("#events-title")).isFocused();

        page.locator("#events .event").first().click();
        page.keyboard().press("Escape");
        assertThat(page.locator("#detail")).isHidden();
        page.getByLabel("Keys of one letter").check();
        page.keyboard().press("j");
        assertThat(page.locator("#detail")).isVisible();
    }

    @Test
    void theChartIsThereInWords() throws Exception {
        Page page = browser.open(app.url("/"));
        assertThat(page.locator("#chart-words")).hasText("No events in the last two minutes.");
        fill();
        assertThat(page.locator("#chart-words"))
                .containsText(
                        Pattern.compile(
                                "12 events in two minutes, at most \\d+ in one second. Most frequent: backup 4, binary 4, deploy 4."));
        assertThat(page.locator("#chart")).hasAttribute("aria-describedby", "chart-words");
    }

    @ParameterizedTest
    @CsvSource({
        "en-GB, en, Events, Live",
        "es-ES, es, Eventos, En directo",
        "es, es, Eventos, En directo",
        "fi-FI, en, Events, Live"
    })
    void itSpeaksTheLanguageOfTheBrowser(String locale, String language, String heading, String state) {
        Page page = browser.open(app.url("/"), locale);

        assertThat(page.locator("html")).hasAttribute("lang", language);
        assertThat(page.locator("#events-title")).hasText(heading);
        assertThat(page.locator("#connection-text")).hasText(state);
    }

    @Test
    void inSpanishNothingIsLeftInEnglish() throws Exception {
        fill();
        Page english = browser.open(app.url("/"), "en-GB");
        Page spanish = browser.open(app.url("/"), "es-ES");
        for (Page page : List.of(english, spanish)) {
            assertThat(names(page)).hasCount(12);
            page.locator("#events .event").nth(2).click();
            page.locator("#publish-button").click();
            page.locator("#name-filter").fill("a..b");
            page.locator("#from").fill("?");
            page.locator("#header-filter").fill(":x");
            page.locator("#pause").click();
            assertThat(page.locator("#pause")).hasAttribute("aria-pressed", "true");
        }
        String texts = """
                () => {
                  const own = '#events, #detail-title, #detail-facts dd, #detail-headers, #detail-data, #stream-name, #instance,'
                      + ' #legend, #curl, kbd';
                  const found = [document.title];
                  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  while (walker.nextNode()) {
                    if (!walker.currentNode.parentElement.closest(own)) found.push(walker.currentNode.data);
                  }
                  for (const each of document.querySelectorAll('[aria-label]')) found.push(each.ariaLabel);
                  for (const each of document.querySelectorAll('[placeholder]')) found.push(each.placeholder);
                  return found.map(each => each.trim()).filter(each => /\\p{L}{2}/u.test(each));
                }
                """;

        List<String> inSpanish = strings(spanish.evaluate(texts));

        assertThat(inSpanish).hasSizeGreaterThan(60).contains("Volver al directo", "Registro de eventos");
        assertThat(inSpanish)
                .filteredOn(strings(english.evaluate(texts))::contains)
                .containsOnlyOnceElementsOf(List.of("user.*", "nginx v2", "trace-id: 4bf92f35"))
                .isSubsetOf("user.*", "nginx v2", "trace-id: 4bf92f35", "deploy", "2.6 KiB");
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }
}
