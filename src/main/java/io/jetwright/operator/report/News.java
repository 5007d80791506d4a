package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.status.Conditions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what has become of a resource by an Event, or only in the log, when it is not the same as before. */
public final class News {
    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final Events events;

    public News(Events events) {
        this.events = events;
    }

    /** Tells what was done. */
    public void tell(HasMetadata resource, Deed deed) {
        events.normal(resource, deed.word(), deed.message());
    }

    /**
     * Tells what was done, and how the resource is now.
     *
     * @param deed null for nothing
     * @param before the conditions so far; null for none
     */
    public void tell(
            HasMetadata resource,
            @Nullable Deed deed,
            Assessment assessment,
            @Nullable List<Condition> before,
            List<Condition> after) {
        if (deed != null) {
            tell(resource, deed);
        }
        if (isNews(before, after)) {
            String word = assessment.reason().word();
            if (assessment.reason().isStalled()) {
                events.warning(resource, word, assessment.message());
            } else if (deed == null) {
                LOG.info("{}: {}", word, assessment.message());
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
