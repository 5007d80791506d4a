package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.operator.report.Events;
import java.util.ArrayList;
import java.util.List;

/** Keeps the Events that were told. */
final class RecordedEvents implements Events {
    private final List<String> events = new ArrayList<>();

    @Override
    public void normal(HasMetadata resource, String reason, String message) {
        events.add("%s Normal %s: %s".formatted(resource.getMetadata().getName(), reason, message));
    }

    @Override
    public void warning(HasMetadata resource, String reason, String message) {
        events.add("%s Warning %s: %s".formatted(resource.getMetadata().getName(), reason, message));
    }

    List<String> all() {
        return events;
    }
}
