package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.News;
import io.jetwright.status.Reason;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OptionalResourceTest {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeContext kubernetes = new FakeContext(executor);
    private final Archiver modest = Archiver.named("modest");
    private final Archiver wanting = Archiver.named("wanting");
    private boolean isAllowed;

    private final OptionalResource<Service, Archiver> services = new OptionalResource<>(
            OwnedResource.of(
                    Service.class,
                    Archiver.METADATA,
                    archiver -> Optional.of(service(archiver)),
                    new News(new RecordedEvents())),
            archiver -> archiver.equals(wanting),
            new WatchPermissions(
                    each -> isAllowed, kind -> true, Set.of(), List.of(Service.class), "spec.served", "allow it"));

    @AfterEach
    void endThreads() {
        executor.close();
    }

    private static Service service(Archiver archiver) {
        return new ServiceBuilder()
                .withMetadata(Archiver.METADATA.of(archiver, null))
                .withNewSpec()
                .endSpec()
                .build();
    }

    @SuppressWarnings("unchecked") // a proxy has the type that it is asked for
    private static EventSourceRetriever<Archiver> controller() {
        return (EventSourceRetriever<Archiver>) Proxy.newProxyInstance(
                EventSourceRetriever.class.getClassLoader(),
                new Class<?>[] {EventSourceRetriever.class},
                (controller, method, arguments) -> null);
    }

    private void reconcile(Archiver archiver) {
        var workflow = new WorkflowBuilder<Archiver>();
        services.addTo(workflow);
        workflow.build().reconcile(archiver, kubernetes.context());
    }

    @Test
    void whatIsMissingConcernsOnlyOwnersThatWantOne() {
        assertThat(services.prepare(List.of())).isEmpty();

        assertThat(services.missing(modest, controller())).isEmpty();
        assertThat(services.missing(wanting, controller()))
                .contains(new Assessment(
                        Reason.FORBIDDEN, "the operator may not list services, which spec.served takes: allow it"));
        assertThat(services.isStarted()).isFalse();

        isAllowed = true;
        assertThat(services.missing(modest, controller())).isEmpty();
        assertThat(services.isStarted()).isFalse();
        assertThat(services.missing(wanting, controller())).isEmpty();
        assertThat(services.isStarted()).isTrue();
    }

    @Test
    void itIsMadeForOwnersThatWantOne() {
        reconcile(modest);
        assertThat(kubernetes.requests()).isEmpty();

        reconcile(wanting);
        assertThat(kubernetes.requests()).containsExactly("apply 1");
    }

    @Test
    void whatIsNotWatchedIsNotLookedFor() {
        kubernetes.put(service(wanting));
        services.prepare(List.of());
        assertThat(services.find(wanting, kubernetes.context())).isEmpty();

        isAllowed = true;
        services.prepare(List.of());
        assertThat(services.find(wanting, kubernetes.context())).contains(service(wanting));
    }
}
