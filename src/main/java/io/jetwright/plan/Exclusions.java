package io.jetwright.plan;

import java.util.HashSet;
import java.util.Set;

/** Fields that servers refuse beside values of other fields, and that mean nothing there. */
final class Exclusions {
    private Exclusions() {}

    /**
     * The fields that a change of other fields excludes, by their names in JetStream's JSON. Of two fields for the same setting
     * both are named.
     */
    static Set<String> of(Settings target, Settings live) {
        Set<String> excluded = in(target);
        excluded.removeAll(in(live));
        if (live.has("mirror") && !target.has("mirror")) {
            excluded.add("mirror_direct");
        }
        return excluded;
    }

    private static Set<String> in(Settings settings) {
        Set<String> excluded = new HashSet<>();
        if (settings.has("max_age") && settings.number("duplicate_window") > settings.number("max_age")) {
            excluded.add("duplicate_window");
        }
        if (!settings.text("discard").equals("new") || settings.number("max_msgs_per_subject") <= 0) {
            excluded.add("discard_new_per_subject");
        }
        if (settings.has("filter_subject") && settings.has("filter_subjects")) {
            excluded.addAll(Set.of("filter_subject", "filter_subjects"));
        }
        if (Set.of("", "none").contains(settings.text("priority_policy"))) {
            excluded.addAll(Set.of("priority_groups", "priority_timeout"));
        }
        return excluded;
    }
}
