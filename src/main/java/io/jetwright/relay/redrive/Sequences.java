package io.jetwright.relay.redrive;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sets of sequences as text: {@code 3-5,9}. */
final class Sequences {
    private Sequences() {}

    static String text(SortedSet<Long> sequences) {
        List<String> ranges = new ArrayList<>();
        long first = -1;
        long last = -1;
        for (long each : sequences) {
            if (first >= 0 && each == last + 1) {
                last = each;
                continue;
            }
            add(ranges, first, last);
            first = each;
            last = each;
        }
        add(ranges, first, last);
        return String.join(",", ranges);
    }

    private static void add(List<String> ranges, long first, long last) {
        if (first >= 0) {
            ranges.add(first == last ? String.valueOf(first) : first + "-" + last);
        }
    }

    /** The text, cut after so many ranges. */
    static String shortText(SortedSet<Long> sequences, int ranges) {
        String[] all = text(sequences).split(",", -1);
        return all.length <= ranges
                ? String.join(", ", all)
                : String.join(", ", List.of(all).subList(0, ranges)) + " ...";
    }

    /**
     * Reads such a text.
     *
     * @throws NumberFormatException if it is none
     */
    static NavigableSet<Long> parse(String text) {
        NavigableSet<Long> sequences = new TreeSet<>();
        for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int dash = range.indexOf('-');
            long first = Long.parseLong(dash < 0 ? range : range.substring(0, dash));
            long last = dash < 0 ? first : Long.parseLong(range.substring(dash + 1));
            for (long each = first; each <= last; each++) {
                sequences.add(each);
            }
        }
        return sequences;
    }
}
