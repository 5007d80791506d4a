package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.Route;
import io.jetwright.status.Reason;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keeps an event logger from being made, and how it is said. */
class PlannerTest {
    private static final String LOGGER = """
            apiVersion: jetwright.io/v1beta1
            kind: EventLogger
            metadata: {name: log, namespace: shop}
            spec: {%s}
            """;

    private static Plan plan(Surroundings surroundings) {
        return surroundings.planner().plan(surroundings.logger());
    }

    private static Plan.Blocked blocked(Surroundings surroundings) {
        assertThat(plan(surroundings)).isInstanceOf(Plan.Blocked.class);
        return (Plan.Blocked) plan(surroundings);
    }

    private static Surroundings with(String spec) {
        return Surroundings.of(LOGGER.formatted(spec));
    }

    private static Surroundings onCentral(String credentials) {
        return Surroundings.of(LOGGER.formatted("streamName: A, connectionRef: {name: central, namespace: nats}")
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
                .isEqualTo(new Plan.Blocked(
                        Reason.STREAM_NOT_READY,
                        "there is no Stream resource events in namespace shop: create it, or correct spec.streamRef"));
    }

    @Test
    void withoutAnyImageItIsSaidWhereToNameOne() {
        assertThat(blocked(with("streamName: A").withoutImage()))
                .isEqualTo(new Plan.Blocked(
                        Reason.IMAGE_UNKNOWN,
                        "no container image is known: set spec.image, or the operator's variable IMAGE to its own"));
        assertThat(plan(with("streamName: A, image: mine").withoutImage()))
                .isInstanceOfSatisfying(
                        Plan.Complete.class, plan -> assertThat(plan.image()).isEqualTo("mine"));
    }

    @Test
    void whatIsWrongWithTheConnectionIsPassedOn() {
        assertThat(blocked(with("streamName: A, connectionRef: {name: none}")))
                .isEqualTo(new Plan.Blocked(Reason.CONNECTION_NOT_FOUND, "there is no Connection shop/none"));
        assertThat(plan(onCentral("").route("nats/central", new Route.Pending())))
                .isEqualTo(new Plan.Pending());
    }

    @Test
    void aSecretOfAnotherNamespaceCannotBeMounted() {
        assertThat(blocked(onCentral("user: {secret: {name: central-user}}, tls: {secret: {name: central-ca}}")))
                .isEqualTo(
                        new Plan.Blocked(
                                Reason.CREDENTIALS_ELSEWHERE,
                                "the Connection central has its Secret central-ca, central-user in namespace nats, and pods can mount only Secrets of their own namespace: create a Connection with its Secret in namespace shop, and name it in spec.connectionRef"));
        assertThat(plan(onCentral("tlsFirst: true"))).isInstanceOf(Plan.Complete.class);
    }

    @Test
    void theOperatorsOwnCredentialsAreNotForPods() {
        List<ConnectionSettings> settings = List.of(
                Surroundings.settings("nats://user:secret@nats:4222"),
                new ConnectionSettings(List.of(URI.create("nats://nats:4222")), Path.of("operator.creds")));
        assertThat(settings)
                .allSatisfy(each -> assertThat(blocked(with("streamName: A").operatorOn(each)))
                        .returns(Reason.CREDENTIALS_ELSEWHERE, Plan.Blocked::reason)
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
        var following = Surroundings.of(LOGGER.formatted("streamRef: {name: events}") + stream);
        assertThat(following.planner().connectionKey(following.logger())).isEqualTo("shop/hub");
        var naming =
                Surroundings.of(LOGGER.formatted("streamRef: {name: events}, connectionRef: {name: app}") + stream);
        assertThat(naming.planner().connectionKey(naming.logger())).isEqualTo("shop/app");
    }
}
