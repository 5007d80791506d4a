package io.jetwright.operator.connection;

import static io.jetwright.operator.connection.Given.connection;
import static io.jetwright.operator.connection.Given.withToken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.jetwright.SettableClock;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionStatus;
import io.jetwright.jetstream.ConnectionHealth;
import io.jetwright.jetstream.Failures;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.ServerFacts;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.Resources;
import io.jetwright.operator.report.FakeController;
import io.jetwright.operator.report.FakeEvents;
import io.jetwright.operator.report.Reporter;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.operator.wake.PromptHub;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionReconcilerTest {
    private static final Duration RESYNC = Duration.ofMinutes(10);

    private final FakeApiServer kubernetes = new FakeApiServer();
    private final ConnectionDirectory directory =
            new ConnectionDirectory(kubernetes.client(), Set.of(), CredentialsOf.OPERATOR);
    private final FakeHealth link = new FakeHealth();
    private final List<HasMetadata> users = new ArrayList<>();
    private final FakeEvents events = new FakeEvents();
    private final Hub hub = PromptHub.of(settings -> Stream.of("shop/nats"));
    private final ConnectionReconciler reconciler = new ConnectionReconciler(
            directory,
            settings -> link,
            key -> key.equals("shop/nats") ? users.stream() : Stream.empty(),
            hub,
            new Reporter<>(Connection::new, new Conditions(new SettableClock("2026-06-01T12:00:00Z")), events),
            new Again(RESYNC, RandomGenerator.getDefault()));

    private @Nullable FakeController<Connection> controller;

    /** A connection that is as the test says. */
    private static final class FakeHealth implements ConnectionHealth {
        @Override
        public boolean isConnecting() {
            return !isUp();
        }

        private @Nullable JetStreamException failure;
        private @Nullable Trouble trouble;

        @Override
        public boolean isUp() {
            return failure == null;
        }

        @Override
        public ServerFacts facts() throws JetStreamException {
            if (failure != null) {
                throw failure;
            }
            return new ServerFacts(
                    "nats-0", "2.15.2", "hub", Duration.ofMillis(1), "SHOP", JsonNodeFactory.instance.objectNode());
        }

        @Override
        public @Nullable Trouble lastTrouble() {
            return trouble;
        }
    }

    @AfterEach
    void close() {
        if (controller != null) {
            controller.close();
        }
        directory.close();
        kubernetes.close();
    }

    /** The Connection as the API server has it, when the directory knows what it comes to. */
    private Connection given(Connection connection) throws InterruptedException {
        var known = new CountDownLatch(1);
        directory.listen((key, route) -> {
            if (!(route instanceof Route.Pending)) {
                known.countDown();
            }
        });
        kubernetes.put(connection);
        directory.start(failure -> {});
        controller = FakeController.ofConnections(kubernetes);
        assertThat(known.await(1, TimeUnit.MINUTES)).isTrue();
        return current(connection);
    }

    private Connection nats() throws InterruptedException {
        return given(connection("shop", "nats", "{servers: [a]}"));
    }

    private FakeController<Connection> controller() {
        if (controller == null) {
            throw new IllegalStateException("no Connection is given");
        }
        return controller;
    }

    private Connection current(Connection connection) {
        return controller().next(connection).orElseThrow();
    }

    private UpdateControl<Connection> reconcile(Connection connection) {
        return reconciler.reconcile(connection, controller().context(connection));
    }

    private DeleteControl cleanup(Connection connection) {
        return reconciler.cleanup(connection, controller().context(connection));
    }

    private ConnectionStatus status(Connection connection) {
        return current(connection).getStatus();
    }

    private static void isReady(ConnectionStatus status, String truth, Reason reason, String message) {
        assertThat(Conditions.find(status.conditions(), "Ready")).hasValueSatisfying(ready -> {
            assertThat(ready.getStatus()).isEqualTo(truth);
            assertThat(ready.getReason()).isEqualTo(reason.word());
            assertThat(ready.getMessage()).isEqualTo(message);
        });
    }

    private static Duration delay(UpdateControl<?> control) {
        return Duration.ofMillis(control.getScheduleDelay().orElseThrow());
    }

    @Test
    void aConnectionThatIsUpIsReadyAndShowsItsServerAndItsUsers() throws InterruptedException {
        users.add(Resources.stream("orders", "{}"));
        Connection nats = nats();
        assertThat(delay(reconcile(nats))).isGreaterThan(RESYNC.dividedBy(2));
        ConnectionStatus status = status(nats);
        isReady(status, "True", Reason.CONNECTED, "connected to nats-0");
        assertThat(status.connected()).isTrue();
        assertThat(status.account()).isEqualTo("SHOP");
        assertThat(status.usedBy()).isEqualTo(1);
        assertThat(Conditions.find(status.conditions(), "Synced")).isEmpty();
    }

    @Test
    void aConnectionThatIsAwayIsTriedAgainAndShowsWhatLastWentWrong() throws InterruptedException {
        Connection nats = nats();
        link.failure = Failures.unreachable("it is away");
        link.trouble = new ConnectionHealth.Trouble("it went away", Instant.parse("2026-06-01T11:00:00Z"));
        assertThat(delay(reconcile(nats))).isLessThanOrEqualTo(Duration.ofSeconds(30));
        ConnectionStatus status = status(nats);
        isReady(status, "False", Reason.UNREACHABLE, "it is away");
        assertThat(status.connected()).isFalse();
        assertThat(status.lastError()).isEqualTo("it went away");
    }

    @Test
    void whatNobodyForesawIsReported() throws InterruptedException {
        Connection nats = nats();
        assertThat(reconciler
                        .updateErrorStatus(nats, controller().context(nats), new IllegalStateException("odd"))
                        .isDefaultErrorProcessing())
                .isTrue();
        assertThat(Conditions.find(status(nats).conditions(), "Ready")
                        .orElseThrow()
                        .getReason())
                .isEqualTo("InternalError");
    }

    @Test
    void whileTheConnectionIsBeingMadeNothingIsReported() throws InterruptedException {
        Connection nats = nats();
        link.failure = Failures.connecting("the connection is being made");
        assertThat(delay(reconcile(nats))).isEqualTo(Again.SOON);
        assertThat(kubernetes.writes()).isEmpty();
    }

    @Test
    void aConnectionThatWasChangedOnlyJustNowIsNotReportedOn() throws InterruptedException {
        nats();
        Connection newer = connection("shop", "nats", "{servers: [b]}");
        assertThat(delay(reconcile(newer))).isEqualTo(Again.SOON);
        assertThat(kubernetes.writes()).isEmpty();
    }

    @Test
    void whatTheConnectionLacksIsReported() throws InterruptedException {
        Connection nats = given(withToken("shop", "nats", "token"));
        reconcile(nats);
        isReady(
                status(nats),
                "False",
                Reason.SECRET_NOT_FOUND,
                "there is no Secret token in namespace shop: create it, or correct spec.token");
        assertThat(status(nats).connected()).isFalse();
    }

    @Test
    void aConnectionThatNobodyUsesIsDeleted() throws InterruptedException {
        assertThat(cleanup(nats()).isRemoveFinalizer()).isTrue();
        assertThat(kubernetes.writes()).isEmpty();
    }

    @Test
    void aConnectionThatIsUsedStaysAndNamesFiveOfItsUsers() throws InterruptedException {
        Connection nats = nats();
        users.add(Resources.consumer("billing", "{streamName: ORDERS}"));
        DeleteControl control = cleanup(nats);
        assertThat(control.isRemoveFinalizer()).isFalse();
        assertThat(control.getScheduleDelay()).isPresent();
        isReady(
                status(nats),
                "False",
                Reason.IN_USE,
                "it is deleted when nothing uses it any more; now Consumer shop/billing do: delete them first");
        assertThat(status(nats).connected()).isTrue();

        IntStream.rangeClosed(1, 6).forEach(number -> users.add(Resources.stream("s" + number, "{}")));
        cleanup(current(nats));
        isReady(
                status(nats),
                "False",
                Reason.IN_USE,
                "it is deleted when nothing uses it any more; now Consumer shop/billing, Stream shop/s1, Stream shop/s2, Stream shop/s3, Stream shop/s4 and 2 others do: delete them first");
        assertThat(status(nats).usedBy()).isEqualTo(7);
    }

    @Test
    void aConnectionIsWokenWhenItSwitchesAndWhenItsUsersChange() throws InterruptedException {
        nats();
        var cache = new FakeCache<Connection>();
        cache.put(connection("shop", "nats", "{servers: [a]}"));
        cache.put(connection("shop", "another", "{servers: [a]}"));
        List<String> woken = new ArrayList<>();
        controller().start(reconciler.prepareEventSources(controller().preparation(cache)), woken::add);

        hub.connected(Resources.CONNECTION);
        assertThat(woken).containsExactly("nats");
        hub.used(Resources.CONNECTION);
        assertThat(woken).containsExactly("nats", "nats");
        hub.rerouted("shop/another", false);
        assertThat(woken).containsExactly("nats", "nats", "another");
    }
}
