package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event sources of the dependent resources of one kind, held back until Kubernetes allows to watch these: a watch that is
 * refused would end the operator.
 *
 * @param <P> the owner of the dependent resources
 */
public final class DependentEventSources<P extends HasMetadata> {
    private static final Logger LOG = LoggerFactory.getLogger(DependentEventSources.class);

    private final String owners;
    private final WatchPermissions permissions;
    private List<EventSource<?, P>> sources = List.of();
    private volatile boolean started;

    /**
     * No event sources yet.
     *
     * @param permissions what the event sources need
     */
    public DependentEventSources(Class<P> owner, WatchPermissions permissions) {
        this.owners = HasMetadata.getKind(owner) + "s";
        this.permissions = permissions;
    }

    /** Returns those to start with the controller: all of them, or none where a permission is missing, which it logs. */
    public synchronized List<EventSource<?, P>> prepare(List<EventSource<?, P>> prepared) {
        sources = List.copyOf(prepared);
        Optional<String> missing = permissions.missing();
        missing.ifPresent(what -> LOG.warn("{} are left alone until they can be watched: {}", owners, what));
        started = missing.isEmpty();
        return started ? sources : List.of();
    }

    /** Whether the caches of the dependent resources are there. */
    public boolean areStarted() {
        return started;
    }

    /**
     * Registers those that were held back, if Kubernetes allows it by now, and waits until their caches are filled.
     *
     * @return the permission that is missing, with the cure; empty when they are started
     */
    public synchronized Optional<String> start(EventSourceRetriever<P> controller) {
        if (started) {
            return Optional.empty();
        }
        Optional<String> missing = permissions.missing();
        if (missing.isEmpty()) {
            sources.forEach(controller::dynamicallyRegisterEventSource);
            started = true;
            LOG.info("What {} consist of can be watched now", owners);
        }
        return missing;
    }
}
