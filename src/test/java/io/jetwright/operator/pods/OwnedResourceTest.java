package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.operator.report.News;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnedResourceTest {
    private final Archiver owner = Archiver.named("orders");
    private final News news = new News(new RecordedEvents());
    private final OwnedResource<Service, Archiver> owned =
            OwnedResource.of(Service.class, Archiver.METADATA, archiver -> Optional.of(service()), news);

    private final FakeContext kubernetes = new FakeContext();

    private Service service() {
        return new ServiceBuilder()
                .withMetadata(Archiver.METADATA.of(owner, null))
                .withNewSpec()
                .withType("ClusterIP")
                .endSpec()
                .build();
    }

    @Test
    void itIsCreatedOnlyIfItIsNotThereWithAReferenceToItsOwner() {
        Service made = owned.create(service(), owner, kubernetes.context());
        assertThat(kubernetes.requests()).containsExactly("apply 1");
        assertThat(made.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getApiVersion, OwnerReference::getKind, OwnerReference::getUid)
                .containsExactly(tuple("example.com/v1", "Archiver", "uid-of-orders"));
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void whatTheOwnerDoesNotOwnIsLeftAlone(int code) {
        kubernetes.putUnlabelled(service());
        kubernetes.refuse(code);
        assertThatThrownBy(() -> owned.create(service(), owner, kubernetes.context()))
                .isInstanceOf(NotOwnedException.class)
                .hasMessage(
                        "there is a Service orders that does not belong to this Archiver: delete it, or give the Archiver another name");
        assertThat(kubernetes.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void whatTheOwnerOwnsIsUpdatedThoughTheCacheDoesNotHaveIt(int code) {
        Service existing = service();
        existing.addOwnerReference(owner);
        kubernetes.putUnlabelled(existing);
        kubernetes.refuse(code);
        owned.create(service(), owner, kubernetes.context());
        assertThat(kubernetes.requests()).containsExactly("apply 1", "apply null");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 422, 500})
    void anyOtherFailureToCreateItIsPassedOn(int code) {
        kubernetes.refuse(code);
        assertThatThrownBy(() -> owned.create(service(), owner, kubernetes.context()))
                .hasMessage("refused");
        assertThat(kubernetes.requests()).hasSize(1);
    }

    @Test
    void listsThatCannotBeMergedAreReplacedFirst() {
        kubernetes.refuse(422);
        owned.update(service(), service(), owner, kubernetes.context());
        assertThat(kubernetes.requests())
                .containsExactly(
                        "apply null", "JSON_MERGE as archivers: {\"spec\":{\"type\":\"ClusterIP\"}}", "apply null");
    }

    @Test
    void anyOtherFailureToUpdateItIsPassedOn() {
        kubernetes.refuse(409);
        assertThatThrownBy(() -> owned.update(service(), service(), owner, kubernetes.context()))
                .hasMessage("refused");
        assertThat(kubernetes.requests()).hasSize(1);
    }

    @Test
    void withoutADesiredResourceWhatIsThereStays() {
        Service existing = kubernetes.put(service());
        var undesired = OwnedResource.<Service, Archiver>of(
                Service.class, Archiver.METADATA, archiver -> Optional.empty(), news);
        ReconcileResult<Service> result = undesired.reconcile(owner, kubernetes.context());
        assertThat(result.getSingleOperation()).isEqualTo(ReconcileResult.Operation.NONE);
        assertThat(result.getSingleResource()).contains(existing);
        assertThat(kubernetes.requests()).isEmpty();
    }

    @Test
    void itAndItsOwnerFindEachOtherByTheName() {
        assertThat(owned.toPrimaryResourceIDs(service())).containsExactly(ResourceID.fromResource(owner));
        Service existing = kubernetes.put(service());
        assertThat(owned.getSecondaryResource(owner, kubernetes.context())).contains(existing);
    }

    @Test
    void onlyLabelledResourcesAreWatched() {
        assertThat(owned.configuration()).hasValueSatisfying(configuration -> assertThat(
                        configuration.informerConfig().getLabelSelector())
                .isEqualTo(Archiver.METADATA.labelSelector()));
    }

    @Test
    void aKindWithoutAClassIsToldByItsName() {
        var generic = OwnedResource.<Archiver>generic(
                new GroupVersionKind("jetwright.io", "v1beta1", "Consumer"),
                Archiver.METADATA,
                archiver -> Optional.empty(),
                (after, before) -> true,
                news);
        assertThat(generic.name()).isEqualTo("Consumer");
        assertThat(generic.resourceType()).isEqualTo(GenericKubernetesResource.class);
    }
}
