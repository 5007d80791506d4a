package io.jetwright.operator.eventlogger;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.EventLogger;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watches of what event loggers consist of: started with the controller, or as soon as Kubernetes allows it. */
final class Watches {
    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final WatchRights rights;
    private List<EventSource<?, EventLogger>> sources = List.of();
    private volatile boolean started;

    Watches(WatchRights rights) {
        this.rights = rights;
    }

    /** Returns those that are to be started with the controller: all, or none where a right is missing. */
    synchronized List<EventSource<?, EventLogger>> prepare(List<EventSource<?, EventLogger>> watches) {
        sources = List.copyOf(watches);
        Optional<String> missing = rights.missing();
        missing.ifPresent(what -> LOG.warn("EventLoggers are left alone until they can be watched: {}", what));
        started = missing.isEmpty();
        return started ? sources : List.of();
    }

    boolean areStarted() {
        return started;
    }

    /** Starts them if they are not; returns what is missing, if it cannot be. */
    synchronized Optional<String> start(Context<EventLogger> context) {
        if (started) {
            return Optional.empty();
        }
        Optional<String> missing = rights.missing();
        if (missing.isEmpty()) {
            sources.forEach(source -> context.eventSourceRetriever().dynamicallyRegisterEventSource(source));
            started = true;
            LOG.info("What EventLoggers consist of can be watched now");
        }
        return missing;
    }
}
