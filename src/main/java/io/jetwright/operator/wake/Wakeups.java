package io.jetwright.operator.wake;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The event source by which JetStream's side makes resources be reconciled before their resync. */
public final class Wakeups<R extends HasMetadata> extends AbstractEventSource<Void, R> {
    /** One for a controller; to be among its event sources. */
    public Wakeups() {
        super(Void.class, "jetstream");
    }

    /**
     * Has these resources reconciled soon; without effect before the controller runs, when all will be anyway.
     *
     * @param resources asked only when the controller's caches are there
     */
    public void wake(Supplier<Stream<R>> resources) {
        if (isRunning()) {
            resources.get().map(ResourceID::fromResource).forEach(id -> getEventHandler()
                    .handleEvent(new Event(id)));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(R primary) {
        return Set.of();
    }
}
