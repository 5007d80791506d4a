package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.status.Conditions;
import io.jetwright.status.SideCondition;
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
        assessment
                .side()
                .filter(side -> side.reason() != assessment.reason() && isNews(side.type(), before, after))
                .ifPresent(side -> tell(resource, side));
        if (isNews("Ready", before, after)) {
            String word = assessment.reason().word();
            if (assessment.reason().isStalled()) {
                events.warning(resource, word, assessment.message());
            } else if (deed == null) {
                tell(word, assessment.message());
            }
        }
    }

    private void tell(HasMetadata resource, SideCondition side) {
        if (side.isWarning()) {
            events.warning(resource, side.reason().word(), side.message());
        } else {
            tell(side.reason().word(), side.message());
        }
    }

    /** The reason is a field of the line, too, as it is a label of jetwright_resources. */
    private static void tell(String reason, String message) {
        LOG.atInfo().addKeyValue("reason", reason).log("{}: {}", reason, message);
    }

    private static boolean isNews(String type, @Nullable List<Condition> before, List<Condition> after) {
        Condition now = Conditions.find(after, type).orElseThrow();
        return Conditions.find(before, type)
                .filter(known -> Objects.equals(known.getReason(), now.getReason())
                        && Objects.equals(known.getMessage(), now.getMessage()))
                .isEmpty();
    }
}
