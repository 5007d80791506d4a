package io.jetwright.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.jetwright.it.harness.PageBrowser.names;
import static io.jetwright.it.harness.PageBrowser.publish;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.PageBrowser;
import io.nats.client.api.StorageType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The event logger's page under load: what it holds and changes at once is bounded. */
class EventLoggerPageLoadIT {
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

    /** Rows that the page makes at once; as list.js has it. */
    private static final int ROWS = 50;

    private static final int RATE = 2000;

    private static void publishMany(int first, int number) throws Exception {
        for (int i = first; i < first + number; i++) {
            nats.connection().publish("events.load", ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8));
        }
        nats.connection().flush(Duration.ofSeconds(10));
    }

    /** How long its tasks take is printed, and not asserted: on a machine that does other things, others' work is in it. */
    @Test
    void ofTwoThousandEventsASecondOnlyThoseThatAreLookedAtAreInThePage() throws Exception {
        Page page = browser.open(app.url("/"));
        page.evaluate("""
                () => {
                  window.most = 0;
                  window.changes = 0;
                  window.tasks = [];
                  new MutationObserver(() => {
                    window.changes++;
                    window.most = Math.max(window.most, document.querySelectorAll('#events > li').length);
                  }).observe(document.querySelector('#events'), {childList: true});
                  new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(each => each.duration)))
                      .observe({type: 'longtask'});
                }
                """);

        for (int second = 0; second < 5; second++) {
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            publishMany(second * RATE, RATE);
            LockSupport.parkNanos(end - System.nanoTime());
        }

        assertThat(page.locator("#events .data").first()).hasText("{\"n\":" + (5 * RATE - 1) + "}");
        assertThat(page.locator("#count")).hasText(Pattern.compile("499|500")); // a gap has the place of one
        assertThat((int) page.evaluate("window.most")).isBetween(ROWS, 3 * ROWS);
        assertThat((int) page.evaluate("window.changes")).isLessThan(5 * RATE / 10);
        System.out.println("The page's tasks of more than 50 ms at 2,000 events a second, in ms: "
                + page.evaluate("window.tasks"));
    }

    @Test
    void scrollingMakesFurtherRows() throws Exception {
        publishMany(0, 100);
        Page page = browser.open(app.url("/"));
        assertThat(names(page)).hasCount(ROWS);

        page.locator("#older").scrollIntoViewIfNeeded();

        assertThat(names(page)).hasCount(100);
    }

    @Test
    void whatPauseHasDroppedIsMarkedWhereItIsMissing() throws Exception {
        Page page = browser.open(app.url("/"));
        publish(page, "before", "1");
        page.locator("#pause").click();
        publishMany(0, 450);
        assertThat(page.locator("#pause")).hasText("Resume (450)");

        page.locator("#pause").click();

        assertThat(page.locator("#events .data").first()).hasText("{\"n\":449}");
        for (int i = 0; i < 10 && page.locator("#events .gap").count() == 0; i++) {
            page.locator("#older").scrollIntoViewIfNeeded();
            page.locator("#events li").last().scrollIntoViewIfNeeded();
        }
        assertThat(page.locator("#events .gap")).hasText("50 events are not shown here. Show them");
        assertThat(page.locator("#events li:has(.gap) + li .name")).hasText("before");
    }
}
