package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is told. */
public final class FakeEvents implements Events {
    private final List<String> told = new ArrayList<>();

    @Override
    public void normal(HasMetadata resource, String reason, String message) {
        told.add("Normal " + reason + ": " + message);
    }

    @Override
    public void warning(HasMetadata resource, String reason, String message) {
        told.add("Warning " + reason + ": " + message);
    }

    /** What was told since the last time that this was asked, such as {@code Warning Rejected: subjects overlap}. */
    public List<String> told() {
        List<String> news = List.copyOf(told);
        told.clear();
        return news;
    }
}
