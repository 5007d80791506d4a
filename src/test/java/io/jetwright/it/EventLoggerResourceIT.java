package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.eventLogger;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Manifests;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.Programs;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of EventLoggers where Kubernetes' own controllers run, but no pods do. */
class EventLoggerResourceIT {
    private static final String IMAGE = "jetwright.io/jetwright:test";

    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().controllers().environment("IMAGE", IMAGE);

    private final TestNamespace namespace = installation.namespace();
    private final OperatorProcess operator = installation.operator();

    private Resource<Deployment> deployment(String name) {
        return namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName(name);
    }

    private Resource<io.fabric8.kubernetes.api.model.Service> service(String name) {
        return namespace.client().services().inNamespace(namespace.name()).withName(name);
    }

    private Resource<Ingress> ingress(String name) {
        return namespace
                .client()
                .network()
                .v1()
                .ingresses()
                .inNamespace(namespace.name())
                .withName(name);
    }

    private Resource<NetworkPolicy> networkPolicy(String name) {
        return namespace
                .client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace.name())
                .withName(name);
    }

    private Resource<GenericKubernetesResource> consumer(String name) {
        return namespace
                .client()
                .genericKubernetesResources("jetwright.io/v1beta1", "Consumer")
                .inNamespace(namespace.name())
                .withName(name);
    }

    private List<Pod> pods(String name) {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app.kubernetes.io/instance", name)
                .list()
                .getItems();
    }

    private GenericKubernetesResource applyLogger(String name, String more) {
        return namespace.apply(eventLogger(name, "{streamRef: {name: events}%s}".formatted(more)));
    }

    private void applyStream() {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
    }

    @Test
    void oneResourceBecomesAConsumerADeploymentWithPodsAServiceAndAnIngressAndTakesThemAlong() throws Exception {
        applyStream();

        GenericKubernetesResource logger =
                applyLogger("shop-log", ", replicas: 2, ingress: {enabled: true, host: events.example.com}");

        eventually(() -> assertThat(pods("shop-log")).hasSize(2));
        List<HasMetadata> belongings = List.of(
                consumer("shop-log").require(),
                deployment("shop-log").require(),
                service("shop-log").require(),
                ingress("shop-log").require());
        assertThat(belongings).allSatisfy(each -> {
            assertThat(each.getMetadata().getOwnerReferences())
                    .extracting(OwnerReference::getUid, OwnerReference::getKind)
                    .containsExactly(tuple(logger.getMetadata().getUid(), "EventLogger"));
            assertThat(each.getMetadata().getManagedFields())
                    .extracting(ManagedFieldsEntry::getManager, ManagedFieldsEntry::getOperation)
                    .contains(tuple("jetwright-eventlogger", "Apply"));
        });
        eventually(() -> assertThat(installation
                        .nats()
                        .jetStream()
                        .getConsumerInfo("EVENTS", "event-logger")
                        .getConsumerConfiguration())
                .returns(AckPolicy.Explicit, ConsumerConfiguration::getAckPolicy)
                .returns(true, ConsumerConfiguration::isHeadersOnly));
        eventually(() -> assertThat(namespace.awaitNotReady(logger, "DeploymentNotReady"))
                .startsWith("0 of 2 pods are ready"));
        GenericKubernetesResource current = namespace.read(logger);
        assertThat(current.<String>get("status", "stream")).isEqualTo("EVENTS");
        assertThat(current.<String>get("status", "url")).isEqualTo("http://events.example.com");
        eventually(() -> assertThat(namespace.read(logger).<Integer>get("status", "replicas"))
                .isEqualTo(2));
        assertThat(current.<Integer>get("status", "readyReplicas")).isEqualTo(0);
        assertThat(kubectl("get", "eventloggers").lines().map(line -> List.of(line.split(" +"))))
                .satisfiesExactly(
                        head -> assertThat(head).containsExactly("NAME", "STREAM", "URL", "READY", "REASON", "AGE"),
                        row -> assertThat(row)
                                .startsWith(
                                        "shop-log",
                                        "EVENTS",
                                        "http://events.example.com",
                                        "False",
                                        "DeploymentNotReady"));

        namespace.delete(logger);

        eventually(() -> {
            assertThat(pods("shop-log")).isEmpty();
            assertThat(consumer("shop-log").get()).isNull();
            assertThat(deployment("shop-log").get()).isNull();
            assertThat(service("shop-log").get()).isNull();
            assertThat(ingress("shop-log").get()).isNull();
            assertThat(installation.nats().jetStream().getConsumerNames("EVENTS"))
                    .isEmpty();
        });
    }

    private String kubectl(String... arguments) throws Exception {
        String kubectl = Programs.provide("kubectl").get(0).toString();
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        kubectl,
                                        "--kubeconfig",
                                        installation.kubernetes().kubeconfig().toString(),
                                        "--namespace",
                                        namespace.name()),
                                Stream.of(arguments))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    /** {@code kubectl scale} and autoscalers go by the subresource, and count the pods that its selector finds. */
    @Test
    void itIsScaledAsADeploymentIs() throws Exception {
        applyStream();
        GenericKubernetesResource logger = applyLogger("log", ", replicas: 1");
        eventually(() -> assertThat(pods("log")).hasSize(1));

        kubectl("scale", "eventlogger", "log", "--replicas=3");

        eventually(() -> assertThat(pods("log")).hasSize(3));
        eventually(() -> assertThat(scale("log"))
                .isEqualTo("3 3 app.kubernetes.io/instance=log,app.kubernetes.io/name=event-logger"));
        assertThat(namespace.read(logger).<Integer>get("spec", "replicas")).isEqualTo(3);
        assertThat(namespace
                        .client()
                        .pods()
                        .inNamespace(namespace.name())
                        .withLabelSelector(namespace.read(logger).<String>get("status", "selector"))
                        .list()
                        .getItems())
                .hasSize(3);
    }

    private String scale(String name) throws Exception {
        return kubectl(
                "get",
                "eventlogger",
                name,
                "--subresource=scale",
                "--output=jsonpath={.spec.replicas} {.status.replicas} {.status.selector}");
    }

    @Test
    void replicasThatAreOmittedAreSetByKubectlScale() throws Exception {
        applyStream();
        applyLogger("log", "");
        eventually(() -> assertThat(pods("log")).hasSize(1));
        kubectl("scale", "eventlogger", "log", "--replicas=3");
        eventually(() -> assertThat(pods("log")).hasSize(3));
    }

    @Test
    void itIsReadyWhenItsPodsAre() {
        applyStream();
        GenericKubernetesResource logger = applyLogger("log", "");
        eventually(() -> assertThat(pods("log")).hasSize(1));

        becomeReady("log");

        namespace.awaitReadySoon(logger);
        assertThat(namespace.read(logger).<Integer>get("status", "readyReplicas"))
                .isEqualTo(1);
        assertThat(namespace.read(logger).<String>get("status", "url"))
                .isEqualTo("http://log.%s.svc:8080".formatted(namespace.name()));
    }

    /** Else the page could not say what is missing; and while one is ready, no request goes to one that is not. */
    @ParameterizedTest
    @ValueSource(strings = {"streamRef: {name: events}", "streamName: EVENTS"})
    void theServiceLeadsToPodsThatAreNotReadyOnlyWhileNoneIs(String stream) {
        applyStream();
        GenericKubernetesResource logger = namespace.apply(eventLogger("log", "{%s}".formatted(stream)));
        eventually(() -> assertThat(pods("log")).hasSize(1));
        assertThat(leadsToAllPods()).isFalse();
        eventually(() -> assertThat(leadsToAllPods()).isTrue());

        becomeReady("log");
        namespace.awaitReady(logger);
        eventually(() -> assertThat(leadsToAllPods()).isFalse());
    }

    private boolean leadsToAllPods() {
        return Boolean.TRUE.equals(service("log").require().getSpec().getPublishNotReadyAddresses());
    }

    @Test
    void whatIsShownIsWhatItsConsumerDelivers() {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"auth.>\", \"orders.>\"]}"));
        applyLogger("log", ", subjects: [auth.user.>, orders.*]");

        eventually(() -> assertThat(installation
                        .nats()
                        .jetStream()
                        .getConsumerInfo("EVENTS", "event-logger")
                        .getConsumerConfiguration()
                        .getFilterSubjects())
                .containsExactly("auth.user.>", "orders.*"));
        eventually(() -> assertThat(environment("log")).containsEntry("SUBJECTS", "auth.user.>,orders.*"));
    }

    @Test
    void aPathOfTheApiIsRefusedAsThePathOfTheIngress() {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> applyLogger("log", ", ingress: {enabled: true, path: /events}"))
                .withMessageContaining("spec.ingress.path")
                .withMessageContaining("begins as a path of the app's API does");
    }

    /** In the place of a kubelet. */
    private void becomeReady(String name) {
        pods(name).forEach(pod -> namespace.client().resource(pod).editStatus(each -> {
            each.setStatus(new io.fabric8.kubernetes.api.model.PodStatusBuilder()
                    .withPhase("Running")
                    .addNewCondition()
                    .withType("Ready")
                    .withStatus("True")
                    .withLastTransitionTime(java.time.Instant.now().toString())
                    .endCondition()
                    .build());
            return each;
        }));
    }

    @Test
    void whatIsChangedOrDeletedByHandIsRepaired() {
        applyStream();
        applyLogger("log", ", replicas: 1, ingress: {enabled: true}");
        eventually(() -> assertThat(ingress("log").get()).isNotNull());
        eventually(() -> assertThat(deployment("log").get()).isNotNull());

        change(
                deployment("log"),
                "{\"spec\": {\"replicas\": 3, \"template\": {\"spec\": {\"terminationGracePeriodSeconds\": 60}}}}");
        eventually(() -> {
            Deployment repaired = deployment("log").require();
            assertThat(repaired.getSpec().getReplicas()).isEqualTo(1);
            assertThat(repaired.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                    .isNotEqualTo(60);
        });

        change(service("log"), "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 9999}]}}");
        eventually(() -> assertThat(service("log").require().getSpec().getPorts())
                .extracting(io.fabric8.kubernetes.api.model.ServicePort::getPort)
                .containsExactlyInAnyOrder(8080, 8081));

        change(
                ingress("log"),
                "{\"spec\": {\"ingressClassName\": \"other\", \"rules\": [{\"host\": \"other.example.com\"}]}}");
        eventually(() -> assertThat(ingress("log").require().getSpec().getRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getHttp().getPaths())
                        .singleElement()
                        .satisfies(path -> assertThat(
                                        path.getBackend().getService().getName())
                                .isEqualTo("log"))));

        change(consumer("log"), "{\"spec\": {\"headersOnly\": false}}");
        eventually(() -> assertThat(consumer("log").require().<Boolean>get("spec", "headersOnly"))
                .isTrue());

        for (Resource<? extends HasMetadata> each :
                List.of(deployment("log"), service("log"), ingress("log"), consumer("log"))) {
            String uid = uid(each);
            each.delete();
            eventually(() -> assertThat(uid(each)).isNotNull().isNotEqualTo(uid));
        }
    }

    /** As {@code kubectl patch --type merge} does. */
    private static void change(Resource<?> resource, String json) {
        resource.patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private static @Nullable String uid(Resource<? extends HasMetadata> resource) {
        HasMetadata found = resource.get();
        return found == null ? null : found.getMetadata().getUid();
    }

    @Test
    void whatOthersAddStaysThroughARepair() {
        applyStream();
        applyLogger("log", "");
        eventually(() -> assertThat(deployment("log").get()).isNotNull());

        change(
                deployment("log"),
                "{\"metadata\": {\"annotations\": {\"example.com/by\": \"hand\"}}, \"spec\": {\"replicas\": 3,"
                        + " \"template\": {\"spec\": {\"terminationGracePeriodSeconds\": 60}}}}");

        eventually(() -> assertThat(deployment("log")
                        .require()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getTerminationGracePeriodSeconds())
                .isNotEqualTo(60));
        assertThat(deployment("log").require().getSpec().getReplicas()).isEqualTo(3);
        assertThat(deployment("log").require().getMetadata().getAnnotations()).containsEntry("example.com/by", "hand");
    }

    @Test
    void aChangeOfTheConfigurationReplacesThePods() {
        applyStream();
        GenericKubernetesResource logger = applyLogger("log", ", historySize: 5");
        eventually(() -> assertThat(pods("log")).hasSize(1));
        becomeReady("log");
        namespace.awaitReady(logger);
        String before = pods("log").get(0).getMetadata().getName();

        applyLogger("log", ", historySize: 6");

        eventually(() -> {
            becomeReady("log");
            assertThat(pods("log")).singleElement().satisfies(pod -> {
                assertThat(pod.getMetadata().getName()).isNotEqualTo(before);
                assertThat(pod.getSpec().getContainers().get(0).getEnv())
                        .contains(new EnvVar("HISTORY_SIZE", "6", null));
            });
        });
        namespace.awaitReady(logger);
    }

    @Test
    void labelsAndOwnerThatAreTakenAwayComeBack() {
        applyStream();
        GenericKubernetesResource logger = applyLogger("log", "");
        eventually(() -> assertThat(deployment("log").get()).isNotNull());
        eventually(() -> assertThat(service("log").get()).isNotNull());

        change(deployment("log"), "{\"metadata\": {\"labels\": null}}");
        change(service("log"), "{\"metadata\": {\"ownerReferences\": null}}");

        eventually(() -> {
            assertThat(deployment("log").require().getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/managed-by", "jetwright");
            assertThat(service("log").require().hasOwnerReferenceFor(logger)).isTrue();
        });
    }

    private static io.fabric8.kubernetes.api.model.Container container(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    @Test
    void theIngressGoesWhenItIsDisabled() {
        applyStream();
        applyLogger("log", ", ingress: {enabled: true, host: events.example.com, path: /log}");
        eventually(() -> {
            assertThat(ingress("log").get()).isNotNull();
            assertThat(environment("log")).containsEntry("BASE_PATH", "/log");
        });

        applyLogger("log", ", ingress: {enabled: false, host: events.example.com, path: /log}");

        eventually(() -> {
            assertThat(ingress("log").get()).isNull();
            assertThat(environment("log")).doesNotContainKey("BASE_PATH");
        });
    }

    private Map<String, String> environment(String name) {
        return container(deployment(name).require()).getEnv().stream()
                .filter(each -> each.getValue() != null)
                .collect(java.util.stream.Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    /** As docs/guides/security.md says. */
    @Test
    void itsPodsSatisfyTheStrictestProfileOfPodSecurity() {
        namespace.label("pod-security.kubernetes.io/enforce", "restricted");
        applyStream();
        applyLogger("log", "");
        eventually(() -> assertThat(pods("log")).hasSize(1));

        GenericKubernetesResource logger = applyLogger("log", ", securityContext: {runAsNonRoot: false}");
        assertThat(namespace.awaitNotReady(logger, "DeploymentFailed")).contains("violates PodSecurity");
    }

    @Test
    void anImageThatTheOperatorDoesNotAllowIsNotRun() {
        applyStream();
        GenericKubernetesResource logger = applyLogger("log", ", image: evil.example/app");
        assertThat(namespace.awaitNotReady(logger, "ImageNotAllowed")).contains("evil.example/app", "spec.image");
        assertThat(deployment("log").get()).isNull();

        applyLogger("log", ", image: \"%s\"".formatted(IMAGE));
        namespace.awaitNotReady(logger, "DeploymentNotReady");
    }

    /** By default with more than one replica, and never where it would keep a node from being drained. */
    @Test
    void withSeveralPodsThereIsADisruptionBudget() {
        applyStream();
        applyLogger("log", ", replicas: 2");
        eventually(() -> assertThat(budget("log")).isEqualTo("1 null"));

        applyLogger("log", ", replicas: 2, podDisruptionBudget: {minAvailable: 50%}");
        eventually(() -> assertThat(budget("log")).isEqualTo("null 50%"));

        applyLogger("log", ", replicas: 1, podDisruptionBudget: {enabled: true}");
        eventually(() -> assertThat(budget("log")).isEqualTo("none"));

        applyLogger("log", ", podDisruptionBudget: {enabled: true}");
        eventually(() -> assertThat(budget("log")).isEqualTo("1 null"));

        applyLogger("log", ", replicas: 2, podDisruptionBudget: {enabled: false}");
        eventually(() -> assertThat(budget("log")).isEqualTo("none"));
    }

    private String budget(String name) {
        PodDisruptionBudget budget = namespace
                .client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace.name())
                .withName(name)
                .get();
        return budget == null
                ? "none"
                : "%s %s"
                        .formatted(
                                text(budget.getSpec().getMaxUnavailable()),
                                text(budget.getSpec().getMinAvailable()));
    }

    private static String text(@Nullable IntOrString value) {
        return value == null ? "null" : String.valueOf(value.getValue());
    }

    @Test
    void itWaitsForItsStream() {
        GenericKubernetesResource logger = applyLogger("log", "");
        assertThat(namespace.awaitNotReady(logger, "StreamNotReady"))
                .contains("there is no Stream resource events in namespace " + namespace.name());
        assertThat(deployment("log").get()).isNull();

        applyStream();

        eventually(Eventually.SOON, () -> assertThat(deployment("log").get()).isNotNull());
        namespace.awaitNotReady(Eventually.SOON, logger, "DeploymentNotReady");
    }

    /** Else it would publish into the stream of another namespace. */
    @Test
    void noPodsRunWhileItsStreamBelongsToSomebodyElse() throws Exception {
        var jetStream = new JetStreamApi(installation.nats());
        jetStream.createStream(
                "{name: EVENTS, subjects: [\"events.>\"], metadata: {jetwright.io/owner: another-cluster/shop/events}}");
        GenericKubernetesResource stream =
                namespace.apply(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
        namespace.awaitNotReady(stream, "Conflict");
        GenericKubernetesResource logger = applyLogger("log", "");
        assertThat(namespace.awaitNotReady(logger, "Conflict"))
                .contains("no pods run", "it belongs to shop/events of the Kubernetes cluster another-cluster");
        assertThat(pods("log")).isEmpty();

        jetStream.deleteStream("EVENTS");
        namespace.awaitReady(stream);
        eventually(() -> assertThat(pods("log")).hasSize(1));

        jetStream.changeStream("EVENTS", config -> config.withObject("/metadata")
                .put("jetwright.io/owner", "another-cluster/shop/events"));
        namespace.awaitNotReady(logger, "Conflict");
        eventually(() -> assertThat(pods("log")).isEmpty());
    }

    @Test
    void evenWhatHasNoFieldInCommonIsNotTakenFromSomebodyElse() {
        applyStream();
        namespace.apply("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: log}
                spec: {defaultBackend: {service: {name: shop, port: {number: 80}}}}
                """);

        GenericKubernetesResource logger = applyLogger("log", ", ingress: {enabled: true}");

        assertThat(namespace.awaitNotReady(logger, "Conflict"))
                .contains("there is a Ingress log that does not belong to this EventLogger");
        assertThat(ingress("log").require().getSpec().getRules()).isEmpty();
        assertThat(ingress("log").require().getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void whatBelongsToSomebodyElseIsNotTouched() {
        applyStream();
        namespace.apply("""
                apiVersion: v1
                kind: Service
                metadata:
                  name: log
                spec:
                  ports: [{port: 1234}]
                """);

        GenericKubernetesResource logger = applyLogger("log", "");

        assertThat(namespace.awaitNotReady(logger, "Conflict"))
                .contains("there is a Service log that does not belong to this EventLogger");
        assertThat(service("log").require().getSpec().getPorts().get(0).getPort())
                .isEqualTo(1234);

        change(deployment("log"), "{\"spec\": {\"template\": {\"spec\": {\"terminationGracePeriodSeconds\": 60}}}}");
        eventually(() -> assertThat(namespace.events(logger))
                .extracting(Event::getType, Event::getReason, Event::getCount)
                .contains(tuple("Normal", "DriftRepaired", 1)));
        assertThat(namespace.events(logger))
                .filteredOn(event -> event.getType().equals("Warning"))
                .extracting(Event::getReason, Event::getCount)
                .containsExactly(tuple("Conflict", 1));
    }

    @Test
    void eventsTellWhatWasDone() {
        applyStream();
        GenericKubernetesResource logger = applyLogger("log", ", ingress: {enabled: true}");
        eventually(() -> assertThat(pods("log")).hasSize(1));
        becomeReady("log");
        namespace.awaitReady(logger);
        change(service("log"), "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 9999}]}}");
        eventually(() -> assertThat(service("log").require().getSpec().getPorts())
                .extracting(io.fabric8.kubernetes.api.model.ServicePort::getPort)
                .containsExactlyInAnyOrder(8080, 8081));

        deployment("log").delete();
        namespace.awaitNotReady(logger, "DeploymentNotReady");
        eventually(() -> {
            becomeReady("log");
            namespace.awaitReadySoon(logger);
        });
        applyLogger("log", ", historySize: 5, ingress: {enabled: false}");
        eventually(() -> assertThat(ingress("log").get()).isNull());

        // On a slow machine no pod may be ready for so long that the Service leads to all pods for a while.
        eventually(() -> assertThat(namespace.events(logger))
                .filteredOn(event -> !event.getMessage().equals("its Service log is updated"))
                .extracting(Event::getType, Event::getReason, Event::getMessage, Event::getCount)
                .contains(
                        tuple("Normal", "Created", "its Consumer log is created", 1),
                        tuple("Normal", "Created", "its Deployment log is created", 1),
                        tuple("Normal", "Created", "its Service log is created", 1),
                        tuple("Normal", "Created", "its Ingress log is created", 1),
                        tuple("Normal", "DriftRepaired", "its Service log had been changed, and is repaired", 1),
                        tuple(
                                "Normal",
                                "DriftRepaired",
                                "its Deployment log was gone, or without its labels, and is as declared again",
                                1),
                        tuple("Normal", "Available", "1 of 1 pods are ready", 2),
                        tuple("Normal", "Updated", "its Deployment log is updated", 1),
                        tuple(
                                "Normal",
                                "Updated",
                                "its Ingress log is deleted, since the spec asks for none any more",
                                1))
                .hasSize(9));
    }

    @Test
    void aConnectionThatItUsesSaysSoAndOutlivesItsDeletion() {
        applyStream();
        GenericKubernetesResource app = namespace.applyReady(Manifests.connection(
                "app", "{servers: [\"%s\"]}".formatted(installation.nats().url())));
        assertThat(namespace.read(app).<Integer>get("status", "usedBy")).isZero();
        GenericKubernetesResource logger = applyLogger("log", ", connectionRef: {name: app}");
        eventually(Eventually.SOON, () -> assertThat(namespace.read(app).<Integer>get("status", "usedBy"))
                .isEqualTo(1));

        namespace.delete(app);
        assertThat(namespace.awaitNotReady(Eventually.SOON, app, "InUse"))
                .contains("EventLogger " + namespace.name() + "/log");
        assertThat(namespace.read(logger).getMetadata().getDeletionTimestamp()).isNull();

        namespace.delete(logger);
        namespace.awaitGone(app);
    }

    @Test
    void withoutAStreamResourceItUsesItsConnectionBesideItsConsumer() {
        GenericKubernetesResource app = namespace.applyReady(Manifests.connection(
                "app", "{servers: [\"%s\"]}".formatted(installation.nats().url())));
        GenericKubernetesResource logger =
                namespace.apply(eventLogger("log", "{streamName: NONE, connectionRef: {name: app}}"));
        eventually(Eventually.SOON, () -> assertThat(namespace.read(app).<Integer>get("status", "usedBy"))
                .isEqualTo(2));

        namespace.delete(app);
        assertThat(namespace.awaitNotReady(Eventually.SOON, app, "InUse"))
                .contains("Consumer " + namespace.name() + "/log", "EventLogger " + namespace.name() + "/log");

        namespace.delete(logger);
        namespace.awaitGone(app);
    }

    @Test
    void whatKubernetesRefusesIsSaidWithItsReason() {
        applyStream();
        GenericKubernetesResource logger = applyLogger("log", ", podLabels: {\"not a label\": \"x\"}");
        assertThat(namespace.awaitNotReady(logger, "Rejected")).contains("Deployment", "not a label");
    }

    @Test
    void suspendedItIsLeftAsItIs() {
        applyStream();
        applyLogger("log", ", replicas: 1");
        eventually(() -> assertThat(deployment("log").get()).isNotNull());

        GenericKubernetesResource logger = applyLogger("log", ", replicas: 2, suspend: true");
        namespace.awaitNotReady(logger, "Suspended");
        assertThat(deployment("log").require().getSpec().getReplicas()).isEqualTo(1);

        applyLogger("log", ", replicas: 2");
        eventually(() ->
                assertThat(deployment("log").require().getSpec().getReplicas()).isEqualTo(2));
    }

    @Test
    void theSecretsOfItsConnectionAreMountedAndRollThePodsWhenTheyChange() {
        applyStream();
        namespace.apply(Manifests.connection(
                "app",
                "{servers: [\"%s\"], token: {secret: {name: app-nats}}}"
                        .formatted(installation.nats().url())));
        GenericKubernetesResource logger = applyLogger("log", ", connectionRef: {name: app}");
        assertThat(namespace.awaitNotReady(logger, "SecretNotFound")).contains("app-nats");
        assertThat(deployment("log").get()).isNull();

        namespace.putSecret("app-nats", Map.of("token", "t0ken-1"));
        eventually(() -> assertThat(deployment("log").get()).isNotNull());
        String before = fingerprint();
        assertThat(environment("log")).containsEntry("NATS_TOKEN_FILE", "/etc/nats-credentials/token");
        assertThat(deployment("log").require().toString()).doesNotContain("t0ken");

        namespace.putSecret("app-nats", Map.of("token", "t0ken-2"));
        eventually(() -> assertThat(fingerprint()).isNotEqualTo(before));

        namespace.putSecret("app-nats", Map.of("token", "t0ken-1"));
        eventually(() -> assertThat(fingerprint()).isEqualTo(before));
    }

    private String fingerprint() {
        return Objects.requireNonNull(deployment("log")
                .require()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("jetwright.io/secrets"));
    }

    @Test
    void atRestNothingIsAskedOfKubernetes() throws Exception {
        applyStream();
        GenericKubernetesResource logger = applyLogger(
                "log",
                ", replicas: 2, ingress: {enabled: true, host: events.example.com, tlsSecretName: tls},"
                        + " networkPolicy: {enabled: true, from: [{podSelector: {}}], extraEgress: [{ports: [{port: 1}]}]},"
                        + " resources: {requests: {cpu: \"0.1\", memory: 1Gi}}, env: [{name: LOG_LEVEL, value: debug}]");
        eventually(() -> assertThat(pods("log")).hasSize(2));
        becomeReady("log");
        namespace.awaitReady(logger);
        List<String> before = versions();

        operator.kill();
        operator.start();
        namespace.apply(eventLogger("probe", "{streamName: NONE}"));
        eventually(() -> assertThat(deployment("probe").get()).isNotNull());

        assertThat(versions()).isEqualTo(before);
        assertThat(operator.metric("operator_sdk_reconciliations_success_total"))
                .isPositive();
    }

    private List<String> versions() {
        return List.of(
                        deployment("log").require().getMetadata(),
                        service("log").require().getMetadata(),
                        ingress("log").require().getMetadata(),
                        networkPolicy("log").require().getMetadata())
                .stream()
                .map(io.fabric8.kubernetes.api.model.ObjectMeta::getResourceVersion)
                .toList();
    }

    @Test
    void aSecretThatItsPodsNeedIsNamedUntilItIsThere() {
        applyStream();
        GenericKubernetesResource logger =
                applyLogger("token-log", ", publish: {tokenSecret: {name: publishers, key: bearer}}");

        assertThat(namespace.awaitNotReady(logger, "SecretNotFound"))
                .isEqualTo(
                        "there is no Secret publishers in namespace %s, which the pods need: create it, or correct spec.publish.tokenSecret"
                                .formatted(namespace.name()));
        assertThat(namespace.condition(logger, "ResolvedRefs").getStatus()).isEqualTo("False");
        assertThat(deployment("token-log").get()).isNull();

        namespace.putSecret("publishers", Map.of("token", "t0ken"));
        assertThat(namespace.awaitNotReady(logger, "SecretInvalid")).contains("has no key bearer: add it");

        namespace.putSecret("publishers", Map.of("bearer", "t0ken"));
        namespace.awaitNotReady(logger, "DeploymentNotReady");
        assertThat(namespace.condition(logger, "ResolvedRefs").getStatus()).isEqualTo("True");
        Deployment made = deployment("token-log").require();

        applyLogger(
                "token-log",
                ", env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: none, key: a}}}],"
                        + " publish: {tokenSecret: {name: publishers, key: bearer}}");
        assertThat(namespace.awaitNotReady(logger, "SecretNotFound"))
                .contains("no Secret none", "correct spec.env (PASSWORD)");
        assertThat(deployment("token-log").require().getMetadata().getGeneration())
                .as("it is left as it is")
                .isEqualTo(made.getMetadata().getGeneration());
    }
}
