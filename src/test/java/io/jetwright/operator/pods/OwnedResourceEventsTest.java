package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult.Operation;
import io.jetwright.operator.report.News;
import org.junit.jupiter.api.Test;

class OwnedResourceEventsTest {
    private final RecordedEvents recorded = new RecordedEvents();
    private final OwnedResourceEvents events = new OwnedResourceEvents("Service", new News(recorded));
    private final Archiver orders = Archiver.named("orders");

    private static Service service(String type) {
        return new ServiceBuilder().withNewSpec().withType(type).endSpec().build();
    }

    @Test
    void aResourceThatWasNotDesiredBeforeIsCreatedOrUpdated() {
        events.reconciled(orders, service("ClusterIP"), Operation.CREATED);
        events.reconciled(Archiver.named("invoices"), service("ClusterIP"), Operation.UPDATED);
        assertThat(recorded.all())
                .containsExactly(
                        "orders Normal Created: its Service orders is created",
                        "invoices Normal Updated: its Service invoices is updated");
    }

    @Test
    void whatWasChangedThoughTheSameIsDesiredIsRepaired() {
        events.reconciled(orders, service("ClusterIP"), Operation.NONE);
        events.reconciled(orders, service("ClusterIP"), Operation.UPDATED);
        events.reconciled(orders, service("ClusterIP"), Operation.CREATED);
        assertThat(recorded.all())
                .containsExactly(
                        "orders Normal DriftRepaired: its Service orders had been changed, and is repaired",
                        "orders Normal DriftRepaired: its Service orders was gone, or without its labels, and is as declared again");
    }

    @Test
    void whatIsDesiredOtherwiseIsUpdated() {
        events.reconciled(orders, service("ClusterIP"), Operation.NONE);
        events.reconciled(orders, service("LoadBalancer"), Operation.UPDATED);
        assertThat(recorded.all()).containsExactly("orders Normal Updated: its Service orders is updated");
    }

    @Test
    void whatIsAsDesiredIsNotToldOf() {
        events.reconciled(orders, service("ClusterIP"), Operation.NONE);
        assertThat(recorded.all()).isEmpty();
    }

    @Test
    void aDeletionIsToldOnceOfWhatWasDesired() {
        events.deleted(orders);
        assertThat(recorded.all()).isEmpty();

        events.reconciled(orders, service("ClusterIP"), Operation.NONE);
        events.deleted(orders);
        events.deleted(orders);
        assertThat(recorded.all())
                .containsExactly(
                        "orders Normal Updated: its Service orders is deleted, since the spec asks for none any more");
    }
}
