package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceUtils;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.operator.report.Assessment;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.event.Level;

/**
 * A resource of which each owner says whether it wants one. Where Kubernetes does not know its kind, or does not let the
 * operator watch it, that concerns only the owners that want one.
 *
 * @param <R> the resource
 * @param <P> the owner
 */
public final class OptionalResource<R extends HasMetadata, P extends HasMetadata> {
    private final OwnedResource<R, P> resource;
    private final Predicate<P> isWanted;
    private final DependentEventSources<P> sources;

    /**
     * One that is not yet watched.
     *
     * @param isWanted whether the owner wants one; another owner's is deleted
     * @param permissions what it takes to watch them
     */
    public OptionalResource(OwnedResource<R, P> resource, Predicate<P> isWanted, WatchPermissions permissions) {
        this.resource = resource;
        this.isWanted = isWanted;
        this.sources =
                new DependentEventSources<>("Resources of the kind " + resource.name(), Level.DEBUG, permissions);
    }

    /** The event sources to start with the controller; none where they cannot be started. */
    public List<EventSource<?, P>> prepare(EventSourceContext<P> context) {
        return prepare(List.copyOf(EventSourceUtils.dependentEventSources(context, resource)));
    }

    List<EventSource<?, P>> prepare(List<EventSource<?, P>> prepared) {
        return sources.prepare(prepared);
    }

    /** Whether it is watched. */
    public boolean isStarted() {
        return sources.areStarted();
    }

    /**
     * Begins to watch, if the owner wants one and it is not watched yet.
     *
     * @return what is missing, with the cure; empty if the owner has what it wants
     */
    public Optional<Assessment> missing(P owner, EventSourceRetriever<P> controller) {
        return isWanted.test(owner) ? sources.start(controller) : Optional.empty();
    }

    /** Has the workflow make and delete it. */
    @SuppressWarnings("unchecked") // the workflow's owners are P, which its builder's type has lost
    public void addTo(WorkflowBuilder<P> workflow) {
        workflow.addDependentResourceAndConfigure(resource)
                .withReconcilePrecondition((dependent, owner, context) -> isWanted.test((P) owner));
    }

    /** As the cache has it; empty if there is none, or it is not watched. */
    public Optional<R> find(P owner, Context<P> context) {
        return isStarted() ? resource.getSecondaryResource(owner, context) : Optional.empty();
    }
}
