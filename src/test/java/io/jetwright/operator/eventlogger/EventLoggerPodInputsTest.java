package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.jetwright.api.EventLogger;
import io.jetwright.api.ImagePullPolicy;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.pods.PodImage;
import io.jetwright.operator.pods.PodInputs;
import io.jetwright.operator.pods.Surroundings;
import io.jetwright.status.Reason;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keeps an event logger from being made, and how it is said. */
class EventLoggerPodInputsTest {
    private static final String LOGGER = """
            apiVersion: jetwright.io/v1beta1
            kind: EventLogger
            metadata: {name: log, namespace: shop}
            spec: {%s}
            """;

    private static PodInputs inputs(Surroundings<EventLogger> surroundings) {
        return surroundings.resolver(EventLoggerReconciler::references).resolve(surroundings.resource());
    }

    private static PodInputs.Blocked blocked(Surroundings<EventLogger> surroundings) {
        assertThat(inputs(surroundings)).isInstanceOf(PodInputs.Blocked.class);
        return (PodInputs.Blocked) inputs(surroundings);
    }

    private static Surroundings<EventLogger> with(String spec) {
        return Surroundings.of(EventLogger.class, LOGGER.formatted(spec));
    }

    private static Surroundings<EventLogger> onCentral(String credentials) {
        return Surroundings.of(
                EventLogger.class,
                LOGGER.formatted("streamName: A, connectionRef: {name: central, namespace: nats}")
                        + "---\n" + """
                apiVersion: jetwright.io/v1beta1
                kind: Connection
                metadata: {name: central, namespace: nats, uid: u}
                spec: {servers: ["nats://nats:4222"], %s}
                """.formatted(credentials));
    }

    @Test
    void aStreamResourceThatIsMissingIsNamed() {
        assertThat(blocked(with("streamRef: {name: events}")))
                .isEqualTo(new PodInputs.Blocked(
                        Reason.STREAM_NOT_READY,
                        "there is no Stream resource events in namespace shop: create it, or correct spec.streamRef"));
    }

    @Test
    void whileTheStreamBelongsToSomebodyElseNoPodsRun() {
        Surroundings<EventLogger> surroundings = Surroundings.of(
                EventLogger.class,
                LOGGER.formatted("streamRef: {name: events}, image: mine, replicas: 2") + "---\n" + """
                        apiVersion: jetwright.io/v1beta1
                        kind: Stream
                        metadata: {name: events, namespace: shop}
                        spec: {name: EVENTS}
                        status: {conditions: [{type: Ready, status: "False", reason: Conflict, message: it belongs to bank/events}]}
                        """);
        assertThat(inputs(surroundings)).isInstanceOfSatisfying(PodInputs.Resolved.class, inputs -> {
            assertThat(inputs.conflict())
                    .contains(
                            "no pods run, since the stream of the Stream resource events is not its own: it belongs to bank/events");
            assertThat(DeploymentTemplate.deployment(surroundings.resource(), inputs)
                            .getSpec()
                            .getReplicas())
                    .isZero();
        });
    }

    @Test
    void withoutAnyImageItIsSaidWhereToNameOne() {
        assertThat(blocked(with("streamName: A").withoutImage()))
                .isEqualTo(new PodInputs.Blocked(
                        Reason.IMAGE_UNKNOWN,
                        "no container image is known: set spec.image, or the operator's variable IMAGE to its own"));
        assertThat(inputs(with("streamName: A, image: mine").withoutImage()))
                .isInstanceOfSatisfying(PodInputs.Resolved.class, inputs -> assertThat(inputs.image())
                        .isEqualTo(PodImage.of("mine")));
    }

    @Test
    void anImageThatTheOperatorDoesNotAllowIsNamedWithTheCure() {
        assertThat(blocked(with("streamName: A, image: \"evil.example/app:1\"").allow("registry.example/team/*")))
                .isEqualTo(
                        new PodInputs.Blocked(
                                Reason.IMAGE_NOT_ALLOWED,
                                "the operator does not let resources run the image evil.example/app:1: leave spec.image out, or have it added to eventLogger.allowedImages in the values of the operator's chart (EVENT_LOGGER_ALLOWED_IMAGES)"));
        assertThat(inputs(
                        with("streamName: A, image: registry.example/team/app").allow("registry.example/team/*")))
                .isInstanceOf(PodInputs.Resolved.class);
        assertThat(inputs(with("streamName: A").allow())).isInstanceOf(PodInputs.Resolved.class);
        assertThat(inputs(with("streamName: A, image: \"registry.example/jetwright:1.0\"")
                        .allow()))
                .isInstanceOf(PodInputs.Resolved.class);
    }

    /** The operator's image is pulled as the operator's own pod pulls it, unless the spec says otherwise. */
    @Test
    void theOperatorsImageIsPulledAsTheOperatorPullsIt() {
        var operators = new PodImage("registry.example/jetwright:1.0", ImagePullPolicy.ALWAYS, List.of("registry"));
        assertThat(pulling(with("streamName: A").image(operators)))
                .isEqualTo("registry.example/jetwright:1.0 Always [registry]");
        assertThat(pulling(with("streamName: A, imagePullPolicy: Never, imagePullSecrets: [{name: own}]")
                        .image(operators)))
                .isEqualTo("registry.example/jetwright:1.0 Never [own]");
        assertThat(pulling(with("streamName: A, image: mine").image(operators))).isEqualTo("mine null []");
    }

    private static String pulling(Surroundings<EventLogger> surroundings) {
        assertThat(inputs(surroundings)).isInstanceOf(PodInputs.Resolved.class);
        PodSpec pod = DeploymentTemplate.deployment(surroundings.resource(), (PodInputs.Resolved) inputs(surroundings))
                .getSpec()
                .getTemplate()
                .getSpec();
        return "%s %s %s"
                .formatted(
                        pod.getContainers().get(0).getImage(),
                        pod.getContainers().get(0).getImagePullPolicy(),
                        pod.getImagePullSecrets().stream()
                                .map(LocalObjectReference::getName)
                                .toList());
    }

    @Test
    void whatIsWrongWithTheConnectionIsPassedOn() {
        assertThat(blocked(with("streamName: A, connectionRef: {name: none}")))
                .isEqualTo(new PodInputs.Blocked(Reason.CONNECTION_NOT_FOUND, "there is no Connection shop/none"));
        assertThat(inputs(onCentral("").route("nats/central", new Route.Pending())))
                .isEqualTo(new PodInputs.Pending());
    }

    @Test
    void aSecretOfAnotherNamespaceCannotBeMounted() {
        assertThat(blocked(onCentral("user: {secret: {name: central-user}}, tls: {secret: {name: central-ca}}")))
                .isEqualTo(
                        new PodInputs.Blocked(
                                Reason.CREDENTIALS_ELSEWHERE,
                                "the Connection central has its Secret central-ca, central-user in namespace nats, and pods can mount only Secrets of their own namespace: create a Connection with its Secret in namespace shop, and name it in spec.connectionRef"));
        assertThat(inputs(onCentral("tlsFirst: true"))).isInstanceOf(PodInputs.Resolved.class);
    }

    @Test
    void theOperatorsOwnCredentialsAreNotForPods() {
        List<ConnectionSettings> settings = List.of(
                Surroundings.settings("nats://user:secret@nats:4222"),
                new ConnectionSettings(List.of(URI.create("nats://nats:4222")), Path.of("operator.creds")));
        assertThat(settings)
                .allSatisfy(each -> assertThat(blocked(with("streamName: A").operatorOn(each)))
                        .returns(Reason.CREDENTIALS_ELSEWHERE, PodInputs.Blocked::reason)
                        .satisfies(blocked -> assertThat(blocked.message())
                                .contains("spec.connectionRef")
                                .doesNotContain("secret@")));
    }

    @Test
    void itFollowsTheConnectionOfItsStreamUnlessItNamesOne() {
        String stream = """
                ---
                apiVersion: jetwright.io/v1beta1
                kind: Stream
                metadata: {name: events, namespace: shop}
                spec: {connectionRef: {name: hub}}
                """;
        var following = Surroundings.of(EventLogger.class, LOGGER.formatted("streamRef: {name: events}") + stream);
        assertThat(following.resolver(EventLoggerReconciler::references).connectionKey(following.resource()))
                .isEqualTo("shop/hub");
        var naming = Surroundings.of(
                EventLogger.class, LOGGER.formatted("streamRef: {name: events}, connectionRef: {name: app}") + stream);
        assertThat(naming.resolver(EventLoggerReconciler::references).connectionKey(naming.resource()))
                .isEqualTo("shop/app");
    }
}
