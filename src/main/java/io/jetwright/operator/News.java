package io.jetwright.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.status.Conditions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of an outcome by an Event, or only in the log, when it is not the same as before. */
final class News {
    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final Events events;

    News(Events events) {
        this.events = events;
    }

    void tell(HasMetadata resource, Outcome outcome, @Nullable List<Condition> before, List<Condition> after) {
        Outcome.Deed deed = outcome.deed();
        if (deed != null) {
            events.normal(resource, deed.word(), deed.message());
        }
        if (isNews(before, after)) {
            if (outcome.reason().isStalled()) {
                events.warning(resource, outcome.reason().word(), outcome.message());
            } else if (deed == null) {
                LOG.info("{}: {}", outcome.reason().word(), outcome.message());
            }
        }
    }

    private static boolean isNews(@Nullable List<Condition> before, List<Condition> after) {
        Condition ready = Conditions.find(after, "Ready").orElseThrow();
        return Conditions.find(before, "Ready")
                .filter(known -> Objects.equals(known.getReason(), ready.getReason())
                        && Objects.equals(known.getMessage(), ready.getMessage()))
                .isEmpty();
    }
}
