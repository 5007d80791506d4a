package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Asset;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** What a user does in a namespace, and sees there. */
public final class TestNamespace {
    private static final String API_VERSION = Asset.GROUP + "/" + Asset.VERSION;
    private static final Duration TO_FINALISE = Duration.ofSeconds(10);
    private static final List<String> KINDS =
            List.of("Redrive", "EventLogger", "Consumer", "Stream", "KeyValue", "ObjectStore", "Connection");

    private final KubernetesClient client;
    private final String name;

    TestNamespace(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    public String name() {
        return name;
    }

    public KubernetesClient client() {
        return client;
    }

    /** What the YAML describes, which may be several documents; neither read nor written by this. */
    public static List<GenericKubernetesResource> parse(String yaml) {
        return Stream.of(yaml.split("(?m)^---$", -1))
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                .toList();
    }

    /** Applies one document, as {@code kubectl apply --server-side} does. */
    public GenericKubernetesResource apply(String yaml) {
        return applyAll(yaml).get(0);
    }

    public List<GenericKubernetesResource> applyAll(String yaml) {
        return parse(yaml).stream().map(this::apply).toList();
    }

    public GenericKubernetesResource apply(GenericKubernetesResource resource) {
        return handle(resource).fieldManager("test").forceConflicts().serverSideApply();
    }

    /** Asks the API server whether it would create this; as kubectl does, it minds unknown fields. */
    public void tryCreate(GenericKubernetesResource resource) {
        handle(resource).dryRun().fieldValidation(Validation.STRICT).create();
    }

    /** Asks the API server whether it would take this in the place of what was applied before. */
    public void tryApply(GenericKubernetesResource resource) {
        handle(resource).dryRun().fieldManager("test").forceConflicts().serverSideApply();
    }

    private Resource<GenericKubernetesResource> handle(GenericKubernetesResource resource) {
        return client().resource(resource).inNamespace(name);
    }

    /** Creates the Secret, or gives it these values in the place of all that it had. */
    public void putSecret(String secret, Map<String, String> values) {
        client().secrets()
                .inNamespace(name)
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(secret)
                        .endMetadata()
                        .withStringData(values)
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    /** Gives the namespace a label. */
    public void label(String key, String value) {
        client().namespaces().withName(name).edit(namespace -> {
            namespace.getMetadata().getLabels().put(key, value);
            return namespace;
        });
    }

    public void deleteSecret(String secret) {
        client().secrets().inNamespace(name).withName(secret).delete();
    }

    /** The resource as it is now. */
    public GenericKubernetesResource read(GenericKubernetesResource resource) {
        return handle(resource).require();
    }

    /** Starts the deletion; a finalizer may hold it up. */
    public void delete(GenericKubernetesResource resource) {
        handle(resource).delete();
    }

    /** Deletes the resource although its finalizer holds it up, as a person does while there is no operator. */
    public void deleteByForce(GenericKubernetesResource resource) {
        delete(resource);
        release(read(resource));
        awaitGone(resource);
    }

    public void awaitGone(GenericKubernetesResource resource) {
        eventually(() -> assertThat(handle(resource).get()).isNull());
    }

    /** The condition as it is now; fails if there is none. */
    public Condition condition(GenericKubernetesResource resource, String type) {
        return conditions(read(resource)).stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no condition " + type + " in the status of " + describe(resource)));
    }

    public static List<Condition> conditions(GenericKubernetesResource resource) {
        List<?> conditions = Objects.requireNonNullElse(resource.get("status", "conditions"), List.of());
        return conditions.stream()
                .map(condition -> Serialization.unmarshal(Serialization.asJson(condition), Condition.class))
                .toList();
    }

    /** Applies one document, and waits until it is ready. */
    public GenericKubernetesResource applyReady(String yaml) {
        return awaitReady(apply(yaml));
    }

    /** Waits until the resource is ready at its current generation; returns it. */
    public GenericKubernetesResource awaitReady(GenericKubernetesResource resource) {
        return awaitReady(Eventually.PATIENCE, resource);
    }

    public GenericKubernetesResource awaitReady(Duration patience, GenericKubernetesResource resource) {
        eventually(patience, () -> assertReady(read(resource)));
        return read(resource);
    }

    /** Waits until the resource is ready, and for less than it would take to be tried again without a reason. */
    public void awaitReadySoon(GenericKubernetesResource resource) {
        eventually(Eventually.SOON, () -> assertReady(read(resource)));
    }

    private static void assertReady(GenericKubernetesResource current) {
        assertThat(conditions(current))
                .as(describe(current))
                .anyMatch(condition -> isCurrent(condition, current)
                        && condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    /** Waits until the resource is not ready, for this reason, at its current generation; returns the message. */
    public String awaitNotReady(GenericKubernetesResource resource, String reason) {
        return awaitNotReady(Eventually.PATIENCE, resource, reason);
    }

    public String awaitNotReady(Duration patience, GenericKubernetesResource resource, String reason) {
        var message = new AtomicReference<>("");
        eventually(patience, () -> {
            GenericKubernetesResource current = read(resource);
            assertThat(conditions(current))
                    .as(describe(current))
                    .filteredOn(condition -> isCurrent(condition, current)
                            && condition.getType().equals("Ready")
                            && !condition.getStatus().equals("True")
                            && condition.getReason().equals(reason))
                    .singleElement()
                    .satisfies(condition -> message.set(condition.getMessage()));
        });
        return message.get();
    }

    private static boolean isCurrent(Condition condition, GenericKubernetesResource resource) {
        return Objects.equals(
                condition.getObservedGeneration(), resource.getMetadata().getGeneration());
    }

    private static String describe(GenericKubernetesResource resource) {
        return resource.getKind() + " " + resource.getMetadata().getName();
    }

    /** What {@code kubectl describe} lists under Events, for a resource as the API server gave it. */
    public List<Event> events(GenericKubernetesResource resource) {
        return client().v1().events().inNamespace(name).list().getItems().stream()
                .filter(event -> event.getInvolvedObject()
                        .getUid()
                        .equals(resource.getMetadata().getUid()))
                .toList();
    }

    /** Removes all of Jetwright's resources and their Secrets, by force those that the operator does not let go in time. */
    public void clear() {
        delete();
        try {
            eventually(TO_FINALISE, () -> assertThat(resources()).isEmpty());
        } catch (ConditionTimeoutException e) {
            clearByForce();
        }
        deleteSecrets();
    }

    /** Removes all of Jetwright's resources and their Secrets without their operator. */
    public void clearByForce() {
        delete();
        resources().forEach(this::release);
        eventually(() -> assertThat(resources()).isEmpty());
        deleteSecrets();
    }

    private void deleteSecrets() {
        client().secrets().inNamespace(name).delete();
    }

    /** Tells the Deployment what controllers and kubelets would, where there are none: its one pod is ready. */
    public void reportPodReady(String deployment) {
        var handle = client.apps().deployments().inNamespace(name).withName(deployment);
        eventually(() -> handle.editStatus(each -> {
            each.setStatus(new DeploymentStatusBuilder()
                    .withObservedGeneration(each.getMetadata().getGeneration())
                    .withReplicas(1)
                    .withUpdatedReplicas(1)
                    .withReadyReplicas(1)
                    .withAvailableReplicas(1)
                    .build());
            return each;
        }));
    }

    /** Removes what runs Pods, and what leads to them. */
    void clearWorkloads() {
        client.apps().deployments().inNamespace(name).delete();
        client.services().inNamespace(name).delete();
        client.network().v1().ingresses().inNamespace(name).delete();
        client.pods().inNamespace(name).delete();
        eventually(() -> {
            assertThat(client.apps().replicaSets().inNamespace(name).list().getItems())
                    .isEmpty();
            assertThat(client.pods().inNamespace(name).list().getItems()).isEmpty();
        });
    }

    /** Removes the namespace itself, where there are controllers to do it; does not wait. */
    public void remove() {
        client.namespaces().withName(name).delete();
    }

    private void delete() {
        KINDS.forEach(kind -> client().genericKubernetesResources(API_VERSION, kind)
                .inNamespace(name)
                .delete());
    }

    private List<GenericKubernetesResource> resources() {
        return KINDS.stream()
                .flatMap(kind ->
                        client()
                                .genericKubernetesResources(API_VERSION, kind)
                                .inNamespace(name)
                                .list()
                                .getItems()
                                .stream())
                .toList();
    }

    /** Lets the resource go, unless the operator has done so meanwhile. */
    private void release(GenericKubernetesResource resource) {
        try {
            handle(resource).edit(held -> {
                held.getMetadata().setFinalizers(List.of());
                return held;
            });
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
