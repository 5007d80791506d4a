package io.jetwright.operator.connection;

import static io.jetwright.operator.connection.Given.connection;
import static io.jetwright.operator.connection.Given.open;
import static io.jetwright.operator.connection.Given.token;
import static io.jetwright.operator.connection.Given.withToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.jetwright.api.Connection;
import io.jetwright.status.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionDirectoryTest {
    private static final Route.Closed NO_SECRET = new Route.Closed(
            Reason.SECRET_NOT_FOUND, "there is no Secret token in namespace shop: create it, or correct spec.token");

    private final FakeApiServer kubernetes = new FakeApiServer();

    /** What is tried again later, done by the test. */
    private final BlockingQueue<Runnable> later = new LinkedBlockingQueue<>();

    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private ConnectionDirectory directory = directory(Set.of());

    private record Change(String key, @Nullable Route route) {}

    private ConnectionDirectory directory(Set<String> namespaces) {
        var fresh = new ConnectionDirectory(kubernetes.client(), namespaces, CredentialsOf.OPERATOR, later::add);
        fresh.listen((key, route) -> changes.add(new Change(key, route)));
        return fresh;
    }

    @AfterEach
    void close() {
        directory.close();
        kubernetes.close();
    }

    private void start() {
        directory.start(failure -> changes.add(new Change("ended", null)));
    }

    /** Starts while the Secret of the Connection {@code shop/nats} is being read, which it is afterwards. */
    private void startWithSecret() throws InterruptedException {
        kubernetes.holdLists("secrets");
        start();
        isToldNext("shop/nats", new Route.Pending());
        kubernetes.releaseLists();
    }

    private Change nextChange() throws InterruptedException {
        return Objects.requireNonNull(changes.poll(1, TimeUnit.MINUTES), "nothing is told");
    }

    /** Nothing else is told before this. */
    private void isToldNext(String key, @Nullable Route route) throws InterruptedException {
        assertThat(nextChange()).isEqualTo(new Change(key, route));
    }

    /** Each of these is told, in whichever order, and whatever else is told until then. */
    private void areTold(Change... expected) throws InterruptedException {
        Set<Change> missing = new HashSet<>(List.of(expected));
        while (!missing.isEmpty()) {
            missing.remove(nextChange());
        }
    }

    private void isTold(String key, Route route) throws InterruptedException {
        areTold(new Change(key, route));
    }

    /** Each of these Connections is told of, in whichever order. */
    private void areTold(String... keys) throws InterruptedException {
        Set<String> missing = new HashSet<>(List.of(keys));
        while (!missing.isEmpty()) {
            missing.remove(nextChange().key());
        }
    }

    /** What Connections are told of comes one after the other. */
    private void nothingElseIsToldOfConnections() throws InterruptedException {
        kubernetes.put(connection("shop", "last", "{servers: [b]}"));
        assertThat(nextChange().key()).isEqualTo("shop/last");
    }

    /** What a Secret is told of comes one after the other. */
    private void nothingElseIsToldOfTheSecret() throws InterruptedException {
        kubernetes.put(token("shop", "token", "last"));
        isToldNext("shop/nats", open("last"));
    }

    @Test
    void aConnectionWithoutASecretIsOpenFromTheBeginning() throws InterruptedException {
        kubernetes.put(connection("shop", "nats", "{servers: [\"nats://a:4222\"]}"));
        start();
        assertThat(directory.find("shop/nats")).isPresent();
        Route route = Objects.requireNonNull(nextChange().route());
        assertThat(route).isInstanceOf(Route.Open.class);
        assertThat(directory.route("shop/nats")).isEqualTo(route);
        nothingElseIsToldOfConnections();
    }

    @Test
    void aConnectionIsPendingUntilItsSecretIsRead() throws InterruptedException {
        kubernetes.put(withToken("shop", "nats", "token"));
        kubernetes.put(token("shop", "token", "one"));
        startWithSecret();
        isToldNext("shop/nats", open("one"));
        assertThat(directory.route("shop/nats")).isEqualTo(open("one"));
        nothingElseIsToldOfTheSecret();
    }

    @Test
    void aSecretThatComesIsToldOnce() throws InterruptedException {
        kubernetes.put(withToken("shop", "nats", "token"));
        startWithSecret();
        isToldNext("shop/nats", NO_SECRET);
        kubernetes.put(token("shop", "token", "one"));
        isToldNext("shop/nats", open("one"));
        nothingElseIsToldOfTheSecret();
    }

    @Test
    void aSecretThatChangesIsToldOnceIfItsValuesDo() throws InterruptedException {
        kubernetes.put(withToken("shop", "nats", "token"));
        kubernetes.put(token("shop", "token", "one"));
        startWithSecret();
        isToldNext("shop/nats", open("one"));
        Secret labelled = token("shop", "token", "one");
        labelled.getMetadata().setLabels(Map.of("a", "b"));
        kubernetes.put(labelled);
        kubernetes.put(token("shop", "token", "two"));
        isToldNext("shop/nats", open("two"));
        assertThat(directory.lastKnown("shop/nats")).contains(open("two").settings());
        nothingElseIsToldOfTheSecret();
    }

    @Test
    void aSecretConcernsAllConnectionsThatNameItAndNoOthers() throws InterruptedException {
        kubernetes.put(withToken("shop", "one", "token"));
        kubernetes.put(withToken("shop", "two", "token"));
        kubernetes.put(connection("shop", "three", "{servers: [a]}"));
        kubernetes.put(withToken("bank", "four", "token"));
        kubernetes.put(token("shop", "token", "one"));
        kubernetes.put(token("bank", "token", "bank"));
        kubernetes.holdLists("secrets");
        start();
        areTold("shop/one", "shop/two", "shop/three", "bank/four");
        kubernetes.releaseLists();
        areTold(
                new Change("shop/one", open("one")),
                new Change("shop/two", open("one")),
                new Change("bank/four", open("bank")));
        kubernetes.put(token("shop", "token", "two"));
        List<Change> told = new ArrayList<>();
        told.add(nextChange());
        told.add(nextChange());
        assertThat(told)
                .containsExactlyInAnyOrder(new Change("shop/one", open("two")), new Change("shop/two", open("two")));
        kubernetes.put(token("bank", "token", "last"));
        isToldNext("bank/four", open("last"));
    }

    @Test
    void theSettingsOutliveTheSecret() throws InterruptedException {
        kubernetes.put(withToken("shop", "nats", "token"));
        kubernetes.put(token("shop", "token", "one"));
        startWithSecret();
        isToldNext("shop/nats", open("one"));
        assertThat(directory.settings())
                .containsExactly(Map.entry("shop/nats", open("one").settings()));
        kubernetes.delete(Secret.class, "shop", "token");
        isToldNext("shop/nats", NO_SECRET);
        assertThat(directory.lastKnown("shop/nats")).contains(open("one").settings());
        assertThat(directory.settings()).isEmpty();
    }

    @Test
    void aSecretThatMayNotBeReadIsTriedAgainUntilItMay() throws InterruptedException {
        kubernetes.forbid("secrets");
        kubernetes.put(withToken("shop", "nats", "token"));
        kubernetes.put(token("shop", "token", "one"));
        start();
        isTold(
                "shop/nats",
                new Route.Closed(
                        Reason.FORBIDDEN,
                        "the operator may not list the secret token in namespace shop, which spec.token names: give it list and watch there by a Role and a RoleBinding"));
        kubernetes.allow("secrets");
        Objects.requireNonNull(later.poll(1, TimeUnit.MINUTES)).run();
        isTold("shop/nats", open("one"));
    }

    @Test
    void aConnectionThatLeadsElsewhereIsToldOnce() throws InterruptedException {
        kubernetes.put(connection("shop", "nats", "{servers: [a]}"));
        start();
        Route before = Objects.requireNonNull(nextChange().route());
        kubernetes.put(connection("shop", "nats", "{servers: [c]}"));
        assertThat(nextChange()).satisfies(change -> {
            assertThat(change.key()).isEqualTo("shop/nats");
            assertThat(change.route()).isInstanceOf(Route.Open.class).isNotEqualTo(before);
        });
        nothingElseIsToldOfConnections();
    }

    @Test
    void aConnectionOfWhichNoMoreThanTheMetadataChangesIsNotToldOf() throws InterruptedException {
        kubernetes.put(connection("shop", "nats", "{servers: [a]}"));
        start();
        assertThat(nextChange().key()).isEqualTo("shop/nats");
        Connection labelled = connection("shop", "nats", "{servers: [a]}");
        labelled.getMetadata().setLabels(Map.of("a", "b"));
        kubernetes.put(labelled);
        nothingElseIsToldOfConnections();
    }

    @Test
    void ofAConnectionThatIsDeletedNothingIsKnown() throws InterruptedException {
        kubernetes.put(connection("shop", "nats", "{servers: [a]}"));
        start();
        assertThat(nextChange().key()).isEqualTo("shop/nats");
        kubernetes.delete(Connection.class, "shop", "nats");
        isToldNext("shop/nats", null);
        assertThat(directory.find("shop/nats")).isEmpty();
        assertThat(directory.lastKnown("shop/nats")).isEmpty();
        assertThat(directory.settings()).isEmpty();
    }

    @Test
    void onlyTheSecretsThatConnectionsNameAreAskedFor() throws InterruptedException {
        kubernetes.put(withToken("shop", "nats", "token"));
        kubernetes.put(token("shop", "token", "one"));
        kubernetes.put(token("shop", "another", "two"));
        startWithSecret();
        isToldNext("shop/nats", open("one"));
        assertThat(kubernetes.requests().stream().filter(request -> request.contains("/secrets")))
                .isNotEmpty()
                .allMatch(request -> request.startsWith("GET /api/v1/namespaces/shop/secrets?")
                        && request.contains("fieldSelector=metadata.name=token&"));
    }

    @Test
    void onlyTheConnectionsOfTheGivenNamespacesAreWatched() throws InterruptedException {
        directory.close();
        directory = directory(Set.of("shop", "nats"));
        kubernetes.put(connection("bank", "one", "{servers: [a]}"));
        kubernetes.put(connection("shop", "one", "{servers: [a]}"));
        kubernetes.put(connection("nats", "one", "{servers: [a]}"));
        start();
        areTold("shop/one", "nats/one");
        assertThat(directory.settings().map(Map.Entry::getKey)).containsExactlyInAnyOrder("shop/one", "nats/one");
        kubernetes.put(connection("bank", "two", "{servers: [a]}"));
        nothingElseIsToldOfConnections();
    }

    @Test
    void aConnectionThatWasChangedOnlyJustNowIsPending() throws InterruptedException {
        Connection nats = connection("shop", "nats", "{servers: [a]}");
        kubernetes.put(nats);
        start();
        Route route = Objects.requireNonNull(nextChange().route());
        assertThat(directory.own(nats)).isEqualTo(route);
        assertThat(directory.own(connection("shop", "nats", "{servers: [c]}"))).isEqualTo(new Route.Pending());
        assertThat(directory.own(connection("shop", "unknown", "{servers: [a]}")))
                .isEqualTo(new Route.Pending());
    }

    @Test
    void theLabelsOfNamespacesConcernConnectionsThatSelectByThem() throws InterruptedException {
        kubernetes.put(connection("shop", "selecting", "{servers: [a], allowedNamespaces: {selector: {}}}"));
        kubernetes.put(connection("shop", "naming", "{servers: [a], allowedNamespaces: {names: [bank]}}"));
        kubernetes.put(connection("shop", "own", "{servers: [a]}"));
        start();
        areTold("shop/selecting", "shop/naming", "shop/own");
        directory.namespacesKnown();
        isToldNext("shop/selecting", directory.route("shop/selecting"));
        nothingElseIsToldOfConnections();
    }

    /** Namespaces come, go and change for many reasons. */
    @Test
    void aNamespaceConcernsConnectionsThatItMayUseNowOrNoLonger() throws InterruptedException {
        kubernetes.put(connection("shop", "all", "{servers: [a], allowedNamespaces: {selector: {}}}"));
        kubernetes.put(connection(
                "shop", "tenants", "{servers: [a], allowedNamespaces: {selector: {matchLabels: {tenant: \"yes\"}}}}"));
        start();
        areTold("shop/all", "shop/tenants");

        directory.namespaceChanged(Map.of(), Map.of());
        directory.namespaceChanged(Map.of(), Map.of("team", "a"));
        directory.namespaceChanged(Map.of("tenant", "yes"), Map.of("tenant", "yes", "team", "a"));
        directory.namespaceChanged(Map.of(), Map.of("tenant", "yes"));
        isToldNext("shop/tenants", directory.route("shop/tenants"));
        directory.namespaceChanged(Map.of("tenant", "yes"), Map.of());
        isToldNext("shop/tenants", directory.route("shop/tenants"));
        nothingElseIsToldOfConnections();
    }

    @Test
    void theFirstListenerIsToldFirst() throws InterruptedException {
        directory.listen((key, route) -> changes.add(new Change("second " + key, route)));
        kubernetes.put(connection("shop", "nats", "{servers: [a]}"));
        start();
        assertThat(nextChange().key()).isEqualTo("shop/nats");
        assertThat(nextChange().key()).isEqualTo("second shop/nats");
    }

    /**
     * The start goes through its list on its own thread. Here it is held up by a listener until the informer's thread has told of
     * the deletion of a Connection to which the list has yet to come.
     */
    @Test
    void aConnectionThatIsDeletedWhileTheListIsGoneThroughStaysAway() throws InterruptedException {
        List<String> names = List.of("one", "two", "three");
        names.forEach(name -> kubernetes.put(connection("shop", name, "{servers: [a]}")));
        Thread starting = Thread.currentThread();
        var isInformerHeld = new CountDownLatch(1);
        var deleted = new CompletableFuture<String>();
        var isToldOfDeletion = new CountDownLatch(1);
        directory.listen((key, route) -> {
            if (Thread.currentThread() == starting && !deleted.isDone()) {
                String other = names.stream()
                        .filter(name -> !key.equals("shop/" + name)
                                && directory.find("shop/" + name).isEmpty())
                        .findFirst()
                        .orElse("");
                deleted.complete(other);
                if (!other.isEmpty()) {
                    kubernetes.delete(Connection.class, "shop", other);
                    isInformerHeld.countDown();
                    awaitQuietly(isToldOfDeletion);
                }
            } else if (route == null) {
                isToldOfDeletion.countDown();
            } else if (Thread.currentThread() != starting) {
                awaitQuietly(isInformerHeld);
            }
        });
        start();
        isInformerHeld.countDown();
        if (!deleted.getNow("").isEmpty()) {
            assertThat(directory.find("shop/" + deleted.getNow(""))).isEmpty();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
