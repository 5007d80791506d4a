package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.operator.report.Assessment;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The event sources of dependent resources, held back until Kubernetes knows these and allows to watch them: a watch that is
 * refused would end the operator.
 *
 * @param <P> the owner of the dependent resources
 */
public final class DependentEventSources<P extends HasMetadata> {
    private static final Logger LOG = LoggerFactory.getLogger(DependentEventSources.class);

    private final String what;
    private final Level level;
    private final WatchPermissions permissions;
    private List<EventSource<?, P>> sources = List.of();
    private volatile boolean started;

    /**
     * No event sources yet.
     *
     * @param what for the log: what is left alone without them, in the plural, such as "EventLoggers"
     * @param level at which the log tells that something is missing at the start
     * @param permissions what the event sources need
     */
    public DependentEventSources(String what, Level level, WatchPermissions permissions) {
        this.what = what;
        this.level = level;
        this.permissions = permissions;
    }

    /** Returns those to start with the controller: all of them, or none where a permission is missing, which it logs. */
    public synchronized List<EventSource<?, P>> prepare(List<EventSource<?, P>> prepared) {
        sources = List.copyOf(prepared);
        Optional<Assessment> missing = permissions.missing();
        missing.ifPresent(each ->
                LOG.atLevel(level).log("{} are left alone until they can be watched: {}", what, each.message()));
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
     * @return what is missing, with the cure; empty when they are started
     */
    public synchronized Optional<Assessment> start(EventSourceRetriever<P> controller) {
        if (started) {
            return Optional.empty();
        }
        Optional<Assessment> missing = permissions.missing();
        if (missing.isEmpty()) {
            sources.forEach(controller::dynamicallyRegisterEventSource);
            started = true;
            LOG.info("What {} consist of can be watched now", what);
        }
        return missing;
    }
}
