package io.jetwright.plan;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A version of nats-server. */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {
    private static final Pattern TEXT = Pattern.compile("v?([0-9]+)[.]([0-9]+)(?:[.]([0-9]+))?.*");

    /**
     * Reads a version such as {@code 2.12.5} or {@code 2.14.0-RC.1}; what cannot be read counts as 0.0.0.
     */
    public static ServerVersion parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return new ServerVersion(0, 0, 0);
        }
        String patch = parts.group(3);
        return new ServerVersion(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
    }

    /** Whether this version is the given one or newer. */
    public boolean atLeast(String version) {
        return compareTo(parse(version)) >= 0;
    }

    @Override
    public int compareTo(ServerVersion other) {
        return Comparator.comparingInt(ServerVersion::major)
                .thenComparingInt(ServerVersion::minor)
                .thenComparingInt(ServerVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
