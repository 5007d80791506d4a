package io.jetwright.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;
import java.util.stream.Stream;

/** The event source by which JetStream's side makes resources be reconciled before their resync. */
final class Wakeups<R extends HasMetadata> extends AbstractEventSource<Void, R> {
    Wakeups() {
        super(Void.class, "jetstream");
    }

    /** Has these resources reconciled soon; without effect before the controller runs, when all will be anyway. */
    void wake(Stream<R> resources) {
        if (isRunning()) {
            resources.map(ResourceID::fromResource).forEach(id -> getEventHandler()
                    .handleEvent(new Event(id)));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(R primary) {
        return Set.of();
    }
}
