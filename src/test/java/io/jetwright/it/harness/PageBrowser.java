package io.jetwright.it.harness;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Chromium, for the event logger's page. A static extension: it fails a test in which the page had an error, a dialog, or
 * something that its Content-Security-Policy forbids. How the page looks is kept in target/screenshots.
 */
public final class PageBrowser implements BeforeAllCallback, AfterAllCallback, AfterEachCallback {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Names that lead to this machine, and are not localhost. */
    private static final String HOSTS = "MAP events.test 127.0.0.1,MAP evil.test 127.0.0.1";

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        Path chromium = Programs.browser();
        PlaywrightAssertions.setDefaultAssertionTimeout((double) Eventually.PATIENCE.toMillis());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--host-resolver-rules=" + HOSTS,
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        assertThat(all).as(context.getDisplayName()).isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (playwright != null) {
            playwright.close();
        }
    }

    private Browser running() {
        if (browser == null) {
            throw new IllegalStateException("no browser was started");
        }
        return browser;
    }

    /** A page with nothing in it, for any site; what it complains of is not asked. */
    public Page blank() {
        return running().newContext().newPage();
    }

    private Page open(String url, int width, int height, ColorScheme scheme, String locale) {
        Page page = running()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        .setLocale(locale)
                        .setTimezoneId("Europe/Madrid"))
                .newPage();
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.navigate(url);
        assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
        return page;
    }

    /** The page at this address, once it is connected. */
    public Page open(String url, int width, int height, ColorScheme scheme) {
        return open(url, width, height, scheme, "en-GB");
    }

    /** The page at this address, once it is connected, of a browser on a desk. */
    public Page open(String url) {
        return open(url, 1280, 860, ColorScheme.LIGHT);
    }

    /** The same, of a browser with another language. */
    public Page open(String url, String locale) {
        return open(url, 1280, 860, ColorScheme.LIGHT, locale);
    }

    public static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** Publishes with the form, and waits for what it says. */
    public static void publish(Page page, String name, String data) {
        page.locator("#publish-name").fill(name);
        page.locator("#publish-data").fill(data);
        page.locator("#publish-button").click();
        assertThat(page.locator("#publish-result")).hasText("Published to events." + name);
    }

    /** The names in the list of events. */
    public static Locator names(Page page) {
        return page.locator("#events .name");
    }

    /** Waits until the page is connected again, for as long as that takes. */
    public static void awaitReconnection(Page page) {
        assertThat(page.locator("#connection-text"))
                .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(30_000));
    }
}
