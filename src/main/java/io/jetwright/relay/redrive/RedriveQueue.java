package io.jetwright.relay.redrive;

import io.jetwright.api.Redrive;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which Redrive is worked on: of each stream of dead letters the oldest that has not ended. Dry runs do not wait. */
final class RedriveQueue {
    private static final Comparator<Entry> OLDEST = Comparator.comparing(
                    (Entry entry) -> entry.redrive().getMetadata().getCreationTimestamp())
            .thenComparing(entry -> entry.redrive().getMetadata().getNamespace())
            .thenComparing(entry -> entry.redrive().getMetadata().getName());

    /** A Redrive that has not ended, and its way. */
    record Entry(Redrive redrive, Way.Open way) {}

    private RedriveQueue() {}

    /** For each the one that it waits for; itself where it does not wait. */
    static Map<Entry, Entry> order(Collection<Entry> entries) {
        List<Entry> sorted = entries.stream().sorted(OLDEST).toList();
        Map<Way.Open, Entry> first = new LinkedHashMap<>();
        Map<Entry, Entry> order = new LinkedHashMap<>();
        for (Entry entry : sorted) {
            order.put(
                    entry,
                    entry.redrive().getSpec().onlyTells() ? entry : first.computeIfAbsent(entry.way(), way -> entry));
        }
        return order;
    }
}
