package io.jetwright.jetstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The errors of nats-server of which people are told no cure, and why. */
public final class ErrorsWithoutCure {
    private static final int FIRST = 10002;

    /** The last one of nats-server 2.15; {@code ServerErrorsIT} compares with the servers' own lists. */
    private static final int LAST = 10228;

    private ErrorsWithoutCure() {}

    /** The codes of all errors that the tables know of. */
    public static IntStream known() {
        return IntStream.rangeClosed(FIRST, LAST);
    }

    /** Why there is no cure, by code. */
    public static Map<Integer, String> read() throws IOException {
        Map<Integer, String> reasons = new TreeMap<>();
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(
                        ErrorsWithoutCure.class.getResourceAsStream("/jetstream/errors-without-cure.txt")),
                StandardCharsets.UTF_8))) {
            for (String line : reader.lines().filter(each -> !each.isBlank()).toList()) {
                String[] parts = line.split(": ", 2);
                Arrays.stream(parts[1].split(" ")).map(Integer::valueOf).forEach(code -> {
                    if (reasons.put(code, parts[0]) != null) {
                        throw new IllegalStateException(code + " stands there twice");
                    }
                });
            }
        }
        return reasons;
    }
}
