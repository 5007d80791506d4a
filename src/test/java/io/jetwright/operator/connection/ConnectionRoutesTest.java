package io.jetwright.operator.connection;

import static io.jetwright.operator.connection.Given.connection;
import static io.jetwright.operator.connection.Given.namespace;
import static io.jetwright.operator.connection.Given.open;
import static io.jetwright.operator.connection.Given.token;
import static io.jetwright.operator.connection.Given.withToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionRoutesTest {
    private static final ConnectionSettings FALLBACK =
            new ConnectionSettings(ConnectionSettings.servers(List.of("nats://fallback:4222")), null);
    private static final ConnectionReference NATS = new ConnectionReference("nats", null);
    private static final ConnectionReference CENTRAL = new ConnectionReference("central", "nats");

    private final FakeApiServer kubernetes = new FakeApiServer();
    private final ConnectionDirectory directory =
            new ConnectionDirectory(kubernetes.client(), Set.of(), CredentialsOf.OPERATOR);
    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private ConnectionRoutes routes = routes(null, Set.of());

    private ConnectionRoutes routes(@Nullable ConnectionReference standard, Set<String> namespaces) {
        return new ConnectionRoutes(kubernetes.client(), directory, FALLBACK, standard, namespaces);
    }

    /** Watches these Connections, and returns when each has come to something. */
    private void start(Connection... connections) throws InterruptedException {
        for (Connection connection : connections) {
            kubernetes.put(connection);
        }
        directory.listen((key, route) -> changes.add(key + (route instanceof Route.Pending ? " pending" : "")));
        directory.start(failure -> {});
        Set<String> missing = Stream.of(connections).map(Routes::key).collect(Collectors.toSet());
        while (!missing.isEmpty()) {
            missing.remove(nextChange());
        }
    }

    private String nextChange() throws InterruptedException {
        return Objects.requireNonNull(changes.poll(1, TimeUnit.MINUTES), "nothing is told");
    }

    /** Waits until the way is of this type, as long as changes are told. */
    private void awaitRoute(Class<? extends Route> type, String namespace, ConnectionReference reference)
            throws InterruptedException {
        while (!type.isInstance(routes.to(namespace, reference))) {
            nextChange();
        }
    }

    private static Route.Closed notFound(String message) {
        return new Route.Closed(Reason.CONNECTION_NOT_FOUND, message);
    }

    @AfterEach
    void close() {
        routes.close();
        directory.close();
        kubernetes.close();
    }

    @Test
    void whoNamesNoConnectionUsesTheOperatorsOwnSettings() {
        assertThat(routes.to("shop", null)).isEqualTo(new Route.Open(FALLBACK));
        assertThat(routes.key("shop", null)).isEmpty();
        assertThat(routes.lastKnown("")).isEqualTo(new Route.Open(FALLBACK));
        assertThat(routes.connection("shop", null)).isEmpty();
    }

    @Test
    void aConnectionIsThatOfTheOwnNamespaceUnlessAnotherIsNamed() throws InterruptedException {
        kubernetes.put(token("shop", "token", "one"));
        start(withToken("shop", "nats", "token"));
        assertThat(routes.to("shop", NATS)).isEqualTo(open("one"));
        assertThat(routes.key("shop", NATS)).isEqualTo("shop/nats");
        assertThat(routes.key("shop", CENTRAL)).isEqualTo("nats/central");
        assertThat(routes.connection("shop", NATS)).isPresent();
        assertThat(routes.connection("bank", NATS)).isEmpty();
    }

    @Test
    void aConnectionThatDoesNotExistIsNamed() {
        assertThat(routes.to("shop", NATS))
                .isEqualTo(notFound(
                        "there is no Connection nats in namespace shop: create it, or correct spec.connectionRef"));
    }

    @Test
    void aDefaultConnectionThatDoesNotExistIsNamed() {
        routes = routes(CENTRAL, Set.of());
        assertThat(routes.to("shop", null))
                .isEqualTo(
                        notFound(
                                "there is no Connection central in namespace nats: create it, or correct the operator's DEFAULT_CONNECTION, or name another one in spec.connectionRef"));
    }

    @Test
    void aNamespaceThatIsNotWatchedIsNamed() {
        routes = routes(null, Set.of("shop"));
        assertThat(routes.to("shop", CENTRAL))
                .isEqualTo(
                        notFound(
                                "the operator does not watch namespace nats, where the Connection central should be: add it to WATCH_NAMESPACES"));
    }

    @Test
    void aConnectionServesOtherNamespacesOnlyIfItAllowsThem() throws InterruptedException {
        start(connection("nats", "central", "{servers: [a], allowedNamespaces: {names: [shop]}}"));
        assertThat(routes.to("shop", CENTRAL)).isInstanceOf(Route.Open.class);
        assertThat(routes.to("bank", CENTRAL))
                .isInstanceOfSatisfying(Route.Closed.class, closed -> assertThat(closed.reason())
                        .isEqualTo(Reason.NAMESPACE_NOT_ALLOWED));
    }

    @Test
    void theDefaultConnectionServesAllNamespaces() throws InterruptedException {
        routes = routes(CENTRAL, Set.of());
        start(connection("nats", "central", "{servers: [a]}"));
        assertThat(routes.to("bank", null)).isInstanceOf(Route.Open.class);
        assertThat(routes.to("bank", CENTRAL)).isInstanceOf(Route.Open.class);
        assertThat(routes.key("bank", null)).isEqualTo("nats/central");
    }

    @Test
    void whatASelectorSaysIsPendingUntilTheNamespacesAreReadAndFollowsTheirLabels() throws InterruptedException {
        kubernetes.put(namespace("shop", Map.of("tenant", "shop")));
        start(connection(
                "nats", "central", "{servers: [a], allowedNamespaces: {selector: {matchLabels: {tenant: shop}}}}"));
        assertThat(kubernetes.requests()).noneMatch(request -> request.startsWith("GET /api/v1/namespaces"));
        kubernetes.holdLists("namespaces");
        assertThat(routes.to("shop", CENTRAL)).isEqualTo(new Route.Pending());
        kubernetes.releaseLists();
        awaitRoute(Route.Open.class, "shop", CENTRAL);
        assertThat(routes.to("unknown", CENTRAL)).isInstanceOf(Route.Closed.class);

        kubernetes.put(namespace("shop", Map.of("tenant", "bank")));
        awaitRoute(Route.Closed.class, "shop", CENTRAL);
    }

    @Test
    void namespacesThatMayNotBeReadNameThePermission() throws InterruptedException {
        kubernetes.forbid("namespaces");
        start(connection("nats", "central", "{servers: [a], allowedNamespaces: {selector: {}}}"));
        awaitRoute(Route.Closed.class, "shop", CENTRAL);
        assertThat(routes.to("shop", CENTRAL)).isInstanceOfSatisfying(Route.Closed.class, closed -> {
            assertThat(closed.reason()).isEqualTo(Reason.FORBIDDEN);
            assertThat(closed.message()).startsWith("the operator may not list namespaces");
        });
    }

    @Test
    void theSettingsOfAConnectionOutliveItsSecret() throws InterruptedException {
        kubernetes.put(token("shop", "token", "one"));
        start(withToken("shop", "nats", "token"));
        kubernetes.delete(Secret.class, "shop", "token");
        awaitRoute(Route.Closed.class, "shop", NATS);
        assertThat(routes.lastKnown("shop/nats")).isEqualTo(open("one"));
        assertThat(routes.lastKnown("bank/nats"))
                .isEqualTo(new Route.Closed(
                        Reason.CONNECTION_NOT_FOUND, "there is no Connection nats in namespace bank: create it again"));
    }

    @Test
    void theKeysOfSettingsAreThoseOfTheConnectionsThatLeadToThem() throws InterruptedException {
        kubernetes.put(token("shop", "token", "one"));
        kubernetes.put(token("bank", "token", "one"));
        start(
                withToken("shop", "nats", "token"),
                withToken("bank", "nats", "token"),
                connection("shop", "same", "{servers: [\"nats://fallback:4222\"]}"));
        assertThat(routes.keys(open("one").settings())).containsExactlyInAnyOrder("shop/nats", "bank/nats");
        assertThat(routes.keys(FALLBACK)).containsExactlyInAnyOrder("", "shop/same");
        assertThat(routes.keys(open("two").settings())).isEmpty();
    }

    @Test
    void whatIsNeededIsWhatConnectionsComeToAndTheOperatorsOwnSettings() throws InterruptedException {
        kubernetes.put(token("shop", "token", "one"));
        start(withToken("shop", "nats", "token"), withToken("shop", "another", "token"));
        assertThat(routes.needed())
                .containsExactlyInAnyOrder(FALLBACK, open("one").settings());
    }
}
