package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class DependentEventSourcesTest {
    private final EventSource<?, Archiver> source =
            new AbstractEventSource<Service, Archiver>(Service.class, "service") {
                @Override
                public Set<Service> getSecondaryResources(Archiver primary) {
                    return Set.of();
                }
            };

    private final List<Object> registered = new ArrayList<>();
    private boolean isAllowed;

    private final DependentEventSources<Archiver> sources = new DependentEventSources<>(
            "Archivers",
            Level.WARN,
            new WatchPermissions(
                    each -> isAllowed, kind -> true, Set.of(), List.of(Service.class), "an Archiver", "allow it"));

    /** A controller that knows how to register an event source while it runs, and nothing else. */
    @SuppressWarnings("unchecked") // a proxy has the type that it is asked for
    private EventSourceRetriever<Archiver> controller() {
        return (EventSourceRetriever<Archiver>) Proxy.newProxyInstance(
                EventSourceRetriever.class.getClassLoader(),
                new Class<?>[] {EventSourceRetriever.class},
                (controller, method, arguments) -> {
                    if (!method.getName().equals("dynamicallyRegisterEventSource")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    registered.add(arguments[0]);
                    return arguments[0];
                });
    }

    @Test
    void whatIsAllowedStartsWithTheController() {
        isAllowed = true;
        assertThat(sources.prepare(List.of(source))).containsExactly(source);
        assertThat(sources.areStarted()).isTrue();
        assertThat(sources.start(controller())).isEmpty();
        assertThat(registered).isEmpty();
    }

    @Test
    void whatIsNotAllowedIsHeldBackUntilItIs() {
        assertThat(sources.prepare(List.of(source))).isEmpty();
        assertThat(sources.areStarted()).isFalse();
        assertThat(sources.start(controller()))
                .contains(new Assessment(
                        Reason.FORBIDDEN, "the operator may not list services, which an Archiver takes: allow it"));
        assertThat(registered).isEmpty();

        isAllowed = true;
        assertThat(sources.start(controller())).isEmpty();
        assertThat(sources.start(controller())).isEmpty();
        assertThat(registered).containsExactly(source);
        assertThat(sources.areStarted()).isTrue();
    }
}
