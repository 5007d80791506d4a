package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number of bytes as specs write it: an integer, or one with a unit as Kubernetes' quantities have it
 * ({@code 256Mi}, {@code 1Gi}, {@code 1G}).
 *
 * @param written the value in the resource, a {@link Number} or a {@link String}; it is serialized unchanged
 */
public record ByteSize(@JsonValue Object written) {
    /** What a size written as text looks like; also the schema's rule for it. */
    public static final String PATTERN = "^(-1|[0-9]+([.][0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?)$";

    private static final Pattern TEXT = Pattern.compile("(-?[0-9]+(?:[.][0-9]+)?)(k|M|G|T|Ki|Mi|Gi|Ti)?");
    private static final Map<String, Long> UNITS = Map.of(
            "k",
            1_000L,
            "M",
            1_000_000L,
            "G",
            1_000_000_000L,
            "T",
            1_000_000_000_000L,
            "Ki",
            1L << 10,
            "Mi",
            1L << 20,
            "Gi",
            1L << 30,
            "Ti",
            1L << 40);

    @JsonCreator
    public ByteSize {}

    /**
     * The size in bytes.
     *
     * @throws IllegalArgumentException if the text is no size, or does not come to whole bytes that fit into 64 bits
     */
    public long bytes() {
        if (written instanceof Number number) {
            return number.longValue();
        }
        String text = written.toString();
        var parts = TEXT.matcher(text);
        if (!text.matches(PATTERN) || !parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 1048576, 256Mi or 1Gi");
        }
        String unit = parts.group(2);
        BigDecimal factor = BigDecimal.valueOf(unit == null ? 1 : UNITS.getOrDefault(unit, 1L));
        try {
            return new BigDecimal(parts.group(1)).multiply(factor).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number of bytes below 8Ei", e);
        }
    }
}
