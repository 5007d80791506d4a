package io.jetwright.it.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code promtool check metrics} minds in Prometheus' text format, of its rules those that Micrometer leaves open. */
public final class MetricsText {
    private MetricsText() {}

    /** Each fault with the metric's name; empty if there is none. */
    public static List<String> faults(String text) {
        Map<String, String> help = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help.put(words[2], words.length > 3 ? words[3].strip() : "");
            } else if (line.startsWith("# TYPE ")) {
                String name = words[2];
                if (help.getOrDefault(name, "").isEmpty()) {
                    faults.add(name + ": no help text");
                }
                faults.addAll(badNames(name, words[3]));
            }
        }
        return faults;
    }

    private static List<String> badNames(String name, String type) {
        List<String> faults = new ArrayList<>();
        if (type.equals("counter") != name.endsWith("_total")) {
            faults.add(name + ": counters, and nothing else, end with _total");
        }
        if (type.equals("gauge") && name.matches(".*_(count|sum|bucket)")) {
            faults.add(name + ": only histograms and summaries end so");
        }
        if (name.matches(".*(_(counter|gauge|histogram|summary)(_.*)?|[A-Z:].*)")) {
            faults.add(name + ": neither types nor capital letters in names");
        }
        return faults;
    }
}
