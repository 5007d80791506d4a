package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.operator.report.News;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnedResourceTest {
    private final Archiver owner = Archiver.named("orders");
    private final News news = new News(new RecordedEvents());
    private final OwnedResource<Service, Archiver> owned =
            OwnedResource.of(Service.class, Archiver.METADATA, archiver -> Optional.of(service()), news);

    private final List<String> requests = new ArrayList<>();
    private final Deque<KubernetesClientException> failures = new ArrayDeque<>();
    private @Nullable Service existing;

    private Service service() {
        return new ServiceBuilder()
                .withMetadata(Archiver.METADATA.of(owner, null))
                .withNewSpec()
                .withType("ClusterIP")
                .endSpec()
                .build();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A client that knows the requests for one resource, and nothing else. */
    private KubernetesClient client() {
        return proxy(KubernetesClient.class, (client, method, arguments) -> switch (method.getName()) {
            case "resource" -> resource((Service) arguments[0]);
            case "getKubernetesSerialization" -> new KubernetesSerialization();
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private Object resource(Service service) {
        return proxy(NamespaceableResource.class, (resource, method, arguments) -> switch (method.getName()) {
            case "fieldManager" -> {
                assertThat(arguments[0]).isEqualTo("archivers");
                yield resource;
            }
            case "forceConflicts" -> resource;
            case "serverSideApply" -> answer("apply " + service.getMetadata().getResourceVersion(), service);
            case "patch" -> {
                var context = (PatchContext) arguments[0];
                yield answer(
                        "%s as %s: %s".formatted(context.getPatchType(), context.getFieldManager(), arguments[1]),
                        service);
            }
            case "get" -> existing;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private Service answer(String request, Service service) {
        requests.add(request);
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        return service;
    }

    @SuppressWarnings("unchecked") // a proxy has the type that it is asked for
    private Context<Archiver> context() {
        var configuration =
                proxy(ControllerConfiguration.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "fieldManager" -> "archivers";
                    case "getConfigurationService" -> proxy(ConfigurationService.class, OwnedResourceTest::isSet);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
        return proxy(Context.class, (context, method, arguments) -> switch (method.getName()) {
            case "getClient" -> client();
            case "getControllerConfiguration" -> configuration;
            case "getSecondaryResources" -> existing == null ? Set.of() : Set.of(existing);
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static Object isSet(Object service, Method method, Object[] arguments) {
        return method.getName().equals("shouldUseSSA");
    }

    private void refuse(int code) {
        failures.add(new KubernetesClientException("refused", code, null));
    }

    @Test
    void itIsCreatedOnlyIfItIsNotThereWithAReferenceToItsOwner() {
        Service made = owned.create(service(), owner, context());
        assertThat(requests).containsExactly("apply 1");
        assertThat(made.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getApiVersion, OwnerReference::getKind, OwnerReference::getUid)
                .containsExactly(tuple("example.com/v1", "Archiver", "uid-of-orders"));
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void whatTheOwnerDoesNotOwnIsLeftAlone(int code) {
        existing = service();
        refuse(code);
        assertThatThrownBy(() -> owned.create(service(), owner, context()))
                .isInstanceOf(NotOwnedException.class)
                .hasMessage(
                        "there is a Service orders that does not belong to this Archiver: delete it, or give the Archiver another name");
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void whatTheOwnerOwnsIsUpdatedThoughTheCacheDoesNotHaveIt(int code) {
        existing = service();
        existing.addOwnerReference(owner);
        refuse(code);
        owned.create(service(), owner, context());
        assertThat(requests).containsExactly("apply 1", "apply null");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 422, 500})
    void anyOtherFailureToCreateItIsPassedOn(int code) {
        refuse(code);
        assertThatThrownBy(() -> owned.create(service(), owner, context())).hasMessage("refused");
        assertThat(requests).hasSize(1);
    }

    @Test
    void listsThatCannotBeMergedAreReplacedFirst() {
        refuse(422);
        owned.update(service(), service(), owner, context());
        assertThat(requests)
                .containsExactly(
                        "apply null", "JSON_MERGE as archivers: {\"spec\":{\"type\":\"ClusterIP\"}}", "apply null");
    }

    @Test
    void anyOtherFailureToUpdateItIsPassedOn() {
        refuse(409);
        assertThatThrownBy(() -> owned.update(service(), service(), owner, context()))
                .hasMessage("refused");
        assertThat(requests).hasSize(1);
    }

    @Test
    void withoutADesiredResourceWhatIsThereStays() {
        existing = service();
        var undesired = OwnedResource.<Service, Archiver>of(
                Service.class, Archiver.METADATA, archiver -> Optional.empty(), news);
        ReconcileResult<Service> result = undesired.reconcile(owner, context());
        assertThat(result.getSingleOperation()).isEqualTo(ReconcileResult.Operation.NONE);
        assertThat(result.getSingleResource()).contains(existing);
        assertThat(requests).isEmpty();
    }

    @Test
    void itAndItsOwnerFindEachOtherByTheName() {
        assertThat(owned.toPrimaryResourceIDs(service())).containsExactly(ResourceID.fromResource(owner));
        existing = service();
        assertThat(owned.getSecondaryResource(owner, context())).contains(existing);
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
