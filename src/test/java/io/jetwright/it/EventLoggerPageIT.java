package io.jetwright.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.PageBrowser.awaitReconnection;
import static io.jetwright.it.harness.PageBrowser.names;
import static io.jetwright.it.harness.PageBrowser.picture;
import static io.jetwright.it.harness.PageBrowser.publish;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.PageBrowser;
import io.jetwright.it.harness.Scratch;
import io.nats.client.api.StorageType;
import io.nats.client.impl.Headers;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The event logger's page in Chromium; how it looks is kept in target/screenshots. */
class EventLoggerPageIT {
    @RegisterExtension
    static final NatsServer nats = new NatsServer("");

    @RegisterExtension
    static final PageBrowser browser = new PageBrowser();

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    @BeforeEach
    void createStream() {
        nats.createStream("EVENTS", StorageType.File, "events.>");
        app.start();
    }

    private Page open(int width, int height, ColorScheme scheme) {
        return browser.open(app.url("/"), width, height, scheme);
    }

    private static void fill() throws Exception {
        String[][] events = {
            {"deploy", "{\"name\":\"deploy\",\"data\":\"nginx v2\"}"},
            {"user.login", "{\"name\":\"user.login\",\"data\":{\"user\":\"admin\",\"from\":\"192.168.1.1\"}}"},
            {"alert", "{\"name\":\"alert\",\"data\":{\"severity\":\"high\",\"cpu\":0.93,\"node\":\"k3s-2\"}}"},
            {"user.logout", "{\"name\":\"user.logout\",\"data\":{\"user\":\"admin\"}}"},
            {"orders.created", "{\"id\":8841,\"items\":[{\"sku\":\"A-1\",\"count\":2}],\"total\":59.90,\"paid\":true}"},
            {"backup", "finished in 41 s"}
        };
        for (int i = 0; i < 6; i++) {
            for (String[] event : events) {
                nats.connection().jetStream().publish("events." + event[0], event[1].getBytes(StandardCharsets.UTF_8));
            }
            Thread.sleep(300); // so that the chart has more than one bar
        }
    }

    @Test
    void whatIsPublishedFromTheFormArrivesLive() {
        Page page = open(1280, 860, ColorScheme.LIGHT);
        assertThat(page.locator("#empty")).isVisible();
        picture(page, "empty");
        publish(page, "deploy", "nginx v2");
        assertThat(names(page)).hasText(new String[] {"deploy"});
        assertThat(page.locator("#events .data").first()).hasText("nginx v2");
        publish(page, "order", "{\"id\": 7, \"paid\": true}");
        assertThat(names(page)).hasText(new String[] {"order", "deploy"});

        page.locator("#events .event").first().click();
        assertThat(page.locator("#detail-data")).hasText("{ \"id\": 7, \"paid\": true }");
        assertThat(page.locator("#detail-headers")).containsText("Nats-Msg-Id");

        page.locator("#publish-name").fill("not allowed");
        page.locator("#publish-button").click();
        assertThat(page.locator("#publish-result")).containsText("name has a space");
        assertThat(page.locator("#messages")).hasText("2");
        assertThat(page.locator("#lag")).hasText("0");
    }

    @Test
    void eventsCanBeFilteredAndSearched() throws Exception {
        fill();
        Page page = open(1280, 860, ColorScheme.LIGHT);
        assertThat(names(page)).hasCount(36);
        page.locator("#name-filter").fill("user.*");
        assertThat(names(page)).hasCount(12);
        assertThat(page.locator("#count")).hasText("12 of 36");
        page.locator("#search").fill("192.168");
        assertThat(names(page)).hasCount(6);
        publish(page, "user.login", "from 192.168.7.7");
        assertThat(names(page)).hasCount(7);
        publish(page, "deploy", "from 192.168.7.7");
        assertThat(page.locator("#count")).hasText("7 of 38");
        page.locator("#name-filter").fill("user..x");
        assertThat(page.locator("#name-filter-error")).hasText("A token is empty: see the dots.");
        page.locator("#name-filter").fill("nothing.>");
        assertThat(page.locator("#empty")).containsText("No event matches.");
    }

    @Test
    void itLooksGoodInTheLightAndInTheDark() throws Exception {
        fill();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = open(1280, 860, scheme);
            assertThat(names(page)).hasCount(36);
            page.locator("#events .event", new Page.LocatorOptions().setHasText("orders.created"))
                    .first()
                    .click();
            assertThat(page.locator("#detail-data .j-key").first()).isVisible();
            eventually(() -> assertThat(page.locator("#legend li").count()).isGreaterThan(3));
            picture(page, scheme == ColorScheme.LIGHT ? "light" : "dark");
        }
    }

    @Test
    void onAPhoneNothingIsCutOff() throws Exception {
        fill();
        Page page = open(390, 844, ColorScheme.LIGHT);
        assertThat(names(page)).hasCount(36);
        eventually(() -> assertThat(page.locator("#legend li").count()).isGreaterThan(3));
        picture(page, "phone");
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        page.locator("#events .event").first().click();
        assertThat(page.locator("#detail")).isInViewport();
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        picture(page, "phone-detail");
    }

    @Test
    void aReloadAndARestartLoseNothingAndThePageComesBackByItself() {
        Page page = open(1280, 860, ColorScheme.LIGHT);
        publish(page, "deploy", "nginx v2");
        assertThat(names(page)).hasText(new String[] {"deploy"});
        app.running().terminate();
        assertThat(page.locator("#connection-text")).hasText("Reconnecting");
        app.start();
        awaitReconnection(page);
        publish(page, "alert", "again");
        assertThat(names(page)).hasText(new String[] {"alert", "deploy"});
        page.reload();
        assertThat(names(page)).hasText(new String[] {"alert", "deploy"});
    }

    @Test
    void thatNatsIsAwayIsTold() {
        Page page = open(1280, 860, ColorScheme.DARK);
        nats.kill();
        assertThat(page.locator("#connection-text")).hasText("NATS is away");
        assertThat(page.locator("#notice")).containsText("none of its servers can be reached");
        page.locator("#publish-name").fill("deploy");
        page.locator("#publish-button").click();
        assertThat(page.locator("#publish-result")).containsText("NATS is away");
        picture(page, "away");
        nats.start();
        awaitReconnection(page);
        assertThat(page.locator("#notice")).isHidden();
    }

    @Test
    void withoutItsConsumerItShowsAndPublishesAndSaysWhatIsMissing() throws Exception {
        app.running().terminate();
        nats.jetStream().deleteConsumer("EVENTS", "event-logger");
        app.set("CREATE_CONSUMER", "false").start();

        Page page = open(1280, 860, ColorScheme.LIGHT);
        assertThat(page.locator("#notice"))
                .containsText("the consumer event-logger of the stream EVENTS does not exist");
        publish(page, "deploy", "nginx v2");
        assertThat(names(page)).hasText(new String[] {"deploy"});
    }

    @Test
    void whereNobodyMayPublishThereIsNoFormAndItSaysWhy() {
        app.running().terminate();
        app.set("PUBLISH", "false").start();

        Page page = open(1280, 860, ColorScheme.LIGHT);
        assertThat(page.locator("#publish")).isHidden();
        assertThat(page.locator("#publish-denied")).containsText("this event logger is read-only");
        assertThat(page.locator("#empty")).containsText("No events yet.");
        assertThat(page.locator("#curl")).isHidden();
        picture(page, "read-only");
    }

    @Test
    void whoPublishesFromThePageTypesTheToken() throws Exception {
        app.running().terminate();
        Path token = Files.writeString(Scratch.directory("page").resolve("token"), "t0ken");
        app.set("PUBLISH_TOKEN_FILE", token.toString()).start();

        Page page = open(1280, 860, ColorScheme.LIGHT);
        page.locator("#publish-name").fill("deploy");
        page.locator("#publish-button").click();
        assertThat(page.locator("#publish-result")).containsText("publishing takes a token");
        page.locator("#publish-token").fill("t0ken");
        publish(page, "deploy", "nginx v2");
        assertThat(names(page)).hasText(new String[] {"deploy"});
    }

    /**
     * By plain http from names that are not localhost, as in a cluster without TLS: there browsers say of a request neither
     * which site it comes from nor what it is for.
     */
    @ParameterizedTest
    @ValueSource(strings = {"evil.test", "events.test"})
    void aPageOfAnotherOriginCannotPublishInSomebodysName(String host) throws Exception {
        List<Map<String, List<String>>> sent = new CopyOnWriteArrayList<>();
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                sent.add(Map.copyOf(exchange.getRequestHeaders()));
            }
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        site.start();
        try {
            int port = site.getAddress().getPort();
            Page page = browser.blank();
            page.navigate("http://%s:%d/".formatted(host, port));
            String target = "http://events.test:%d/publish".formatted(app.port());

            attack(page, "http://events.test:%d/probe".formatted(port));
            attack(page, target);

            eventually(() -> assertThat(sent).hasSizeGreaterThanOrEqualTo(4));
            assertThat(sent)
                    .allSatisfy(
                            headers -> assertThat(headers).containsKey("Origin").doesNotContainKey("Sec-fetch-site"));
            eventually(() -> assertThat(refused(403) + refused(415)).isGreaterThanOrEqualTo(4));
            assertThat(nats.jetStream().getStreamInfo("EVENTS").getStreamState().getMsgCount())
                    .isZero();
        } finally {
            site.stop(0);
        }
        Page own = browser.blank();
        own.navigate("http://events.test:%d/".formatted(app.port()));
        assertThat(own.locator("#connection-text")).hasText("Live");
        publish(own, "deploy", "nginx v2");
    }

    /** All that a page can send without being asked first, and what it is asked for. */
    private static void attack(Page page, String target) {
        page.evaluate("""
                async target => {
                  const event = '{"name":"forged","data":1}';
                  const ways = [
                    () => fetch(target, {method: 'POST', mode: 'no-cors', body: event}),
                    () => fetch(target, {method: 'POST', mode: 'no-cors', body: new Blob([event], {type: 'text/plain'})}),
                    () => fetch(target, {method: 'POST', mode: 'no-cors', body: new Blob([event], {type: 'application/json'})}),
                    () => fetch(target, {method: 'POST', mode: 'no-cors', headers: {'Content-Type': 'application/json'}, body: event}),
                    () => fetch(target, {method: 'POST', mode: 'no-cors', referrerPolicy: 'no-referrer', body: event}),
                    () => fetch(target, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: event}),
                    async () => navigator.sendBeacon(target, event),
                    async () => navigator.sendBeacon(target, new Blob([event], {type: 'application/json'})),
                  ];
                  for (const way of ways) { try { await way(); } catch (e) { } }
                  const frame = document.createElement('iframe');
                  frame.name = 'hidden';
                  document.body.append(frame);
                  const form = document.createElement('form');
                  Object.assign(form, {action: target, method: 'POST', enctype: 'text/plain', target: 'hidden'});
                  const field = document.createElement('input');
                  Object.assign(field, {name: '{"name":"forged","data":"', value: '"}'});
                  form.append(field);
                  document.body.append(form);
                  form.submit();
                }
                """, target);
    }

    private double refused(int status) throws Exception {
        return app.manage("/metrics")
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("event_logger_http_requests_seconds_count{method=\"POST\",path=\"/publish\","
                                + "status=\"" + status + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
                .sum();
    }

    @Test
    void scriptsInEventsAreOnlyText() throws Exception {
        String script = "<script>alert('data')</script><img src=x onerror=alert(1)>";
        nats.connection().jetStream().publish("events." + "<b>", script.getBytes(StandardCharsets.UTF_8));
        nats.connection()
                .jetStream()
                .publish(
                        "events.x",
                        new Headers().add("Trace", script),
                        ("\"" + script + "\"").getBytes(StandardCharsets.UTF_8));
        Page page = open(1280, 860, ColorScheme.LIGHT);
        publish(page, "typed", script);
        assertThat(names(page)).hasText(new String[] {"typed", "x", "<b>"});
        for (int i = 0; i < 3; i++) {
            page.locator("#events .event").nth(i).click();
            assertThat(page.locator("#detail-data")).containsText(script);
            assertThat(page.locator("#detail-data img, #detail-data script")).hasCount(0);
        }
        assertThat(page.locator("#detail-title")).hasText("<b>");
        assertThat(page.locator("body script, body b, #events img")).hasCount(0);
    }

    @Test
    void everythingCanBeDoneByKeyboard() throws Exception {
        fill();
        Page page = open(1280, 860, ColorScheme.LIGHT);
        assertThat(names(page)).hasCount(36);
        page.keyboard().press("j");
        assertThat(page.locator("#detail-title")).hasText("backup");
        page.keyboard().press("j");
        assertThat(page.locator("#detail-title")).hasText("orders.created");
        page.keyboard().press("k");
        assertThat(page.locator("#detail-title")).hasText("backup");
        page.keyboard().press("Escape");
        assertThat(page.locator("#detail")).isHidden();
        page.keyboard().press("n");
        page.keyboard().type("keyed");
        page.keyboard().press("Tab");
        page.keyboard().type("by hand");
        page.keyboard().press("Control+Enter");
        assertThat(names(page).first()).hasText("keyed");
        page.keyboard().press("Escape");
        page.keyboard().press("p");
        assertThat(page.locator("#pause")).hasAttribute("aria-pressed", "true");
        app.publish("{\"name\":\"while.paused\"}");
        assertThat(page.locator("#pause")).hasText(Pattern.compile("Resume \\(1\\)"));
        assertThat(names(page).first()).hasText("keyed");
        page.keyboard().press("p");
        assertThat(names(page).first()).hasText("while.paused");
        page.keyboard().press("/");
        assertThat(page.locator("#search")).isFocused();
    }
}
