package io.jetwright.eventlogger;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells requests that a page of another origin sends by somebody's browser. A page can set none of the headers that are
 * looked at, unless the app has allowed it before, which it never does (CORS).
 */
final class Origins {
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName FORWARDED_HOST = HeaderNames.create("X-Forwarded-Host");
    private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");

    private Origins() {}

    /**
     * Whether a page of another origin sends the request. {@code Sec-Fetch-Site} tells it, where the page comes by
     * https or from localhost; elsewhere browsers send only {@code Origin}, which is compared with the host that the
     * browser has asked: {@code Host}, or what a proxy says that it was. Clients that are no browser send neither.
     */
    static boolean isForeign(Headers headers) {
        Optional<String> site = headers.first(FETCH_SITE);
        if (site.isPresent()) {
            return !site.get().equals("same-origin") && !site.get().equals("none");
        }
        if (!headers.contains(HeaderNames.ORIGIN)) {
            return false;
        }
        List<String> hosts = Stream.concat(values(headers, HeaderNames.HOST), values(headers, FORWARDED_HOST))
                .toList();
        boolean isSecure = values(headers, FORWARDED_PROTO).anyMatch("https"::equalsIgnoreCase);
        return values(headers, HeaderNames.ORIGIN).anyMatch(origin -> !isOf(origin, hosts, isSecure));
    }

    private static Stream<String> values(Headers headers, HeaderName name) {
        return headers.values(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip);
    }

    /**
     * Whether an origin is that of one of the hosts.
     *
     * @param isSecure whether the browser has asked by https. A page that came by http can then be anybody's. The other
     *     way round, only the last one of several proxies may speak http
     */
    private static boolean isOf(String origin, List<String> hosts, boolean isSecure) {
        String address = origin.toLowerCase(Locale.ROOT);
        boolean isHttps = address.startsWith("https://");
        if (!isHttps && (isSecure || !address.startsWith("http://"))) {
            return false;
        }
        String defaultPort = isHttps ? ":443" : ":80";
        String host = without(defaultPort, address.substring(address.indexOf("://") + 3));
        return hosts.stream().anyMatch(each -> without(defaultPort, each.toLowerCase(Locale.ROOT))
                .equals(host));
    }

    private static String without(String port, String host) {
        return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }
}
