package io.jetwright.eventlogger;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells clients from each other by their addresses, and counts what each has at the same time. */
final class Clients {
    /** One client can have all the addresses of an IPv6 network of this size, in bytes. */
    private static final int IPV6_PREFIX = 8;

    private final List<Network> trustedProxies;
    private final int most;
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * @param trustedProxies whose X-Forwarded-For is believed
     * @param most what each client may have
     */
    Clients(List<Network> trustedProxies, int most) {
        this.trustedProxies = trustedProxies;
        this.most = most;
    }

    boolean isTrusted(InetAddress proxy) {
        return trustedProxies.stream().anyMatch(network -> network.contains(proxy));
    }

    /**
     * Who sent a request.
     *
     * @param peer the other end of the connection
     * @param forwardedFor the values of X-Forwarded-For, in their order; what the nearest proxy that is trusted has added
     *     counts, and what comes before it counts as far as that is a trusted proxy, too
     */
    String client(InetAddress peer, List<String> forwardedFor) {
        InetAddress client = peer;
        List<String> hops = forwardedFor.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList()
                .reversed();
        for (String hop : hops) {
            Optional<InetAddress> before = isTrusted(client) ? Network.address(hop) : Optional.empty();
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return name(client);
    }

    private static String name(InetAddress client) {
        return client instanceof Inet6Address
                ? Arrays.toString(Arrays.copyOf(client.getAddress(), IPV6_PREFIX))
                : client.getHostAddress();
    }

    /** Counts one more of this client; false if it has as many already as it may have. */
    synchronized boolean enter(String client) {
        int count = counts.getOrDefault(client, 0);
        if (count >= most) {
            return false;
        }
        counts.put(client, count + 1);
        return true;
    }

    /** Counts one off. */
    synchronized void leave(String client) {
        counts.computeIfPresent(client, (key, count) -> count > 1 ? count - 1 : null);
    }
}
