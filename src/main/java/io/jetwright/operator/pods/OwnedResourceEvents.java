package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.jetwright.operator.report.Deed;
import io.jetwright.operator.report.News;

/**
 * Tells by Events of owners what was done to the resources that they own. What was last desired is kept, as a hash: a change
 * that was made though the same was desired before is told as the repair of what somebody else did. After a start of the
 * operator nothing is known, so the first change is told as an update.
 */
final class OwnedResourceEvents {
    private static final int LIMIT = 2_000;
    private static final String REPAIRED = "DriftRepaired";

    private final String kind;
    private final News news;

    /** The hash of the desired resource, by the UID of the owner. */
    private final LruCache<String, Integer> desired = new LruCache<>(LIMIT);

    /**
     * Events about owned resources of one kind.
     *
     * @param kind of the owned resources
     */
    OwnedResourceEvents(String kind, News news) {
        this.kind = kind;
        this.news = news;
    }

    /**
     * Tells what was done to bring about what is desired; nothing for {@code NONE}.
     *
     * @param resource what is desired
     */
    void reconciled(HasMetadata owner, HasMetadata resource, ReconcileResult.Operation operation) {
        Integer hash = resource.hashCode();
        boolean isDesiredAsBefore = hash.equals(desired.put(owner.getMetadata().getUid(), hash));
        switch (operation) {
            case CREATED ->
                news.tell(owner, isDesiredAsBefore ? restored(owner) : deed(owner, "Created", "is created"));
            case UPDATED ->
                news.tell(owner, isDesiredAsBefore ? repaired(owner) : deed(owner, "Updated", "is updated"));
            case NONE -> {}
        }
    }

    private Deed restored(HasMetadata owner) {
        return deed(owner, REPAIRED, "was gone, or without its labels, and is as declared again");
    }

    private Deed repaired(HasMetadata owner) {
        return deed(owner, REPAIRED, "had been changed, and is repaired");
    }

    /** Tells that the resource is deleted, if it was desired since the start of the operator. */
    void deleted(HasMetadata owner) {
        if (desired.remove(owner.getMetadata().getUid()) != null) {
            news.tell(owner, deed(owner, "Updated", "is deleted, since the spec asks for none any more"));
        }
    }

    private Deed deed(HasMetadata owner, String reason, String what) {
        return new Deed(
                reason, "its %s %s %s".formatted(kind, owner.getMetadata().getName(), what));
    }
}
