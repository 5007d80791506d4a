package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    /** Headers as "Name=value", with spaces between them. */
    private static boolean isForeign(String headers) {
        WritableHeaders<?> given = WritableHeaders.create();
        Stream.of(headers.split(" "))
                .filter(each -> !each.isEmpty())
                .map(each -> each.split("=", 2))
                .forEach(each -> given.add(HeaderNames.create(each[0]), each[1]));
        return Origins.isForeign(given);
    }

    @ParameterizedTest
    @CsvSource({"cross-site, true", "same-site, true", "unheard-of, true", "same-origin, false", "none, false"})
    void whereABrowserSaysWhatSiteThePageIsOfThatCounts(String site, boolean isForeign) {
        assertThat(isForeign("Host=a Sec-Fetch-Site=" + site)).isEqualTo(isForeign);
        // behind a proxy that tells no host
        assertThat(isForeign("Host=internal:8080 Origin=https://a Sec-Fetch-Site=" + site))
                .isEqualTo(isForeign);
    }

    @Test
    void clientsThatAreNoBrowsersHaveNoOrigin() {
        assertThat(isForeign("Host=a")).isFalse();
        assertThat(isForeign("")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://events.example.com, events.example.com",
        "http://Events.Example.com, events.example.COM",
        "http://events.example.com, events.example.com:80",
        "http://events.example.com:80, events.example.com",
        "https://events.example.com, events.example.com:443",
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://[::1]:8080, [::1]:8080",
        "http://my_host:8080, my_host:8080"
    })
    void aPageOfTheAppHasTheHostThatWasAsked(String origin, String host) {
        assertThat(isForeign("Host=" + host + " Origin=" + origin)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, events.example.com",
        "http://evil.events.example.com, events.example.com",
        "http://events.example.com.evil.example, events.example.com",
        "http://events.example.com:8081, events.example.com:8080",
        "http://events.example.com:443, events.example.com",
        "https://events.example.com:80, events.example.com",
        "http://localhost:8080, 127.0.0.1:8080",
        "null, events.example.com",
        "null, null",
        "file://, events.example.com",
        "events.example.com, events.example.com",
        "'', events.example.com",
        "http://, events.example.com"
    })
    void anotherPageIsForeign(String origin, String host) {
        assertThat(isForeign("Host=" + host + " Origin=" + origin)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://events.example.com, http, false",
        "https://events.example.com, https, false",
        // the last one of several proxies speaks http
        "https://events.example.com, http, false",
        // whoever is on the way can be the page that came by http
        "http://events.example.com, https, true",
        "http://evil.example, http, true"
    })
    void behindAProxyTheHostIsTheForwardedOne(String origin, String scheme, boolean isForeign) {
        assertThat(isForeign("Host=event-logger.shop.svc:8080 X-Forwarded-Host=events.example.com X-Forwarded-Proto="
                        + scheme + " Origin=" + origin))
                .isEqualTo(isForeign);
        assertThat(isForeign("Host=event-logger.shop.svc:8080 X-Forwarded-Host=events.example.com,inner.example"
                        + " X-Forwarded-Proto=" + scheme + ",http Origin=" + origin))
                .isEqualTo(isForeign);
    }

    @Test
    void ofSeveralOriginsNoneMayBeForeign() {
        assertThat(isForeign("Host=a Origin=http://a Origin=http://evil.example"))
                .isTrue();
    }
}
