package io.jetwright.eventlogger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses.
 *
 * @param address its first one
 * @param length of the prefix that all of them have, in bits
 */
record Network(InetAddress address, int length) {
    /** Nothing that would be looked up as a name. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads an address or a range in CIDR notation.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        int most = address.map(each -> each.getAddress().length * 8).orElse(0);
        String length = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
        if (address.isEmpty() || !length.matches("[0-9]{1,3}") || Integer.parseInt(length) > most) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither an IP address nor a range of them; expected such as 10.0.0.0/8");
        }
        return new Network(address.get(), Integer.parseInt(length));
    }

    /** Reads an IP address; empty if it is none. Never asks a name server. */
    static Optional<InetAddress> address(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] others = other.getAddress();
        if (mine.length != others.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            if (((mine[bit / 8] ^ others[bit / 8]) & (0x80 >> bit % 8)) != 0) {
                return false;
            }
        }
        return true;
    }
}
