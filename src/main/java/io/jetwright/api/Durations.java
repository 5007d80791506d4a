package io.jetwright.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Durations as specs write them: either whole days ({@code 7d}), or Go's notation ({@code 30s}, {@code 1h30m},
 * {@code 250ms}), which is what JetStream's own tools use.
 */
public final class Durations {
    /** What a duration looks like; also the schema's rule for it. */
    public static final String PATTERN = "^([0-9]{1,5}d|([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+)$";

    /** A CEL expression for a field's duration. CEL has no days: they are computed as the difference of two timestamps. */
    static final String VALUE = "(self.endsWith('d')"
            + " ? timestamp(int(self.substring(0, size(self) - 1)) * 86400) - timestamp(0)"
            + " : duration(self))";

    /**
     * The beginning of a CEL rule for a field's duration; the least duration follows. Text that is no duration meets the
     * rule, since the pattern refuses it.
     */
    static final String AT_LEAST = "!self.matches(r'" + PATTERN + "') || " + VALUE + " >= ";

    /** {@link #AT_LEAST} for an item called {@code step} of a list. */
    static final String STEP_AT_LEAST = "!step.matches(r'" + PATTERN + "') || (step.endsWith('d')"
            + " ? timestamp(int(step.substring(0, size(step) - 1)) * 86400) - timestamp(0)"
            + " : duration(step)) >= ";

    private static final Pattern WHOLE = Pattern.compile(PATTERN);
    private static final Pattern PART = Pattern.compile("([0-9]+(?:[.][0-9]+)?)(ns|us|ms|s|m|h|d)");

    private enum Unit {
        D("d", 86_400_000_000_000L),
        H("h", 3_600_000_000_000L),
        M("m", 60_000_000_000L),
        S("s", 1_000_000_000L),
        MS("ms", 1_000_000L),
        US("us", 1_000L),
        NS("ns", 1L);

        private final String symbol;
        private final long nanoseconds;

        Unit(String symbol, long nanoseconds) {
            this.symbol = symbol;
            this.nanoseconds = nanoseconds;
        }

        private static BigDecimal nanosecondsIn(String symbol) {
            for (Unit unit : values()) {
                if (unit.symbol.equals(symbol)) {
                    return BigDecimal.valueOf(unit.nanoseconds);
                }
            }
            throw new IllegalArgumentException("no unit of time: " + symbol);
        }
    }

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is none, or is longer than the 292 years that fit into JetStream's
     *     64-bit nanoseconds; the message says what a duration looks like
     */
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 30s, 1h30m, 24h or 7d");
        }
        BigDecimal sum = BigDecimal.ZERO;
        var part = PART.matcher(text);
        while (part.find()) {
            sum = sum.add(new BigDecimal(part.group(1)).multiply(Unit.nanosecondsIn(part.group(2))));
        }
        if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is longer than 292 years, the longest that JetStream knows");
        }
        return Duration.ofNanos(sum.longValue());
    }

    /** Writes a duration in the largest units that name it exactly, as {@code 7d}, {@code 1h30m} or {@code 250ms}. */
    public static String format(Duration duration) {
        long nanoseconds = duration.toNanos();
        if (nanoseconds == 0) {
            return "0s";
        }
        if (nanoseconds < 0) {
            return "-" + format(duration.negated());
        }
        if (nanoseconds % Unit.D.nanoseconds == 0) {
            return nanoseconds / Unit.D.nanoseconds + Unit.D.symbol;
        }
        var text = new StringBuilder();
        long rest = nanoseconds;
        for (Unit unit : Unit.values()) {
            if (unit != Unit.D && rest >= unit.nanoseconds) {
                text.append(rest / unit.nanoseconds).append(unit.symbol);
                rest %= unit.nanoseconds;
            }
        }
        return text.toString();
    }
}
