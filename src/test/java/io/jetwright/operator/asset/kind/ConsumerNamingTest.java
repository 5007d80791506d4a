package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.SettableClock;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.operator.asset.Resources;
import io.jetwright.operator.connection.Route;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.status.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerNamingTest {
    private static final ConnectionSettings A = FakeRoutes.server("a");
    private static final ConnectionSettings B = FakeRoutes.server("b");
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "billing");
    private static final String BY_REFERENCE = "{streamRef: {name: orders}}";
    private static final String BY_NAME = "{streamName: ORDERS, connectionRef: {name: a}}";

    private final FakeRoutes routes = new FakeRoutes();
    private final FakeCache<Stream> streams = new FakeCache<>();
    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    private final Naming<Consumer> naming = new ConsumerNaming(routes, new DeclaredStreams(routes, streams), clock);

    ConsumerNamingTest() {
        routes.put("shop/a", A);
        routes.put("shop/b", B);
    }

    /** A Stream resource of which nothing is known yet. */
    private Stream declared() {
        Stream orders = streams.put(stream("orders", "{name: ORDERS, connectionRef: {name: a}}"));
        orders.getMetadata().setCreationTimestamp("2026-06-01T11:59:50Z");
        return orders;
    }

    /** A Stream resource whose stream exists. */
    private Stream ready() {
        Stream orders = declared();
        orders.setStatus(Serialization.unmarshal("{\"created\": \"2026-06-01T11:59:51Z\"}", StreamStatus.class));
        return orders;
    }

    private static Consumer billing(String spec) {
        return consumer("billing", spec);
    }

    /** A Consumer that was reconciled with the stream ORDERS. */
    private static Consumer reported(String spec) {
        Consumer billing = billing(spec);
        billing.setStatus(Serialization.unmarshal("{\"stream\": \"ORDERS\"}", ConsumerStatus.class));
        return billing;
    }

    private static Target.Missing notReady(String message) {
        return new Target.Missing(Reason.STREAM_NOT_READY, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {streamRef: {name: orders}}                            | true
            {streamRef: {name: orders}, connectionRef: {name: a}}  | false
            {streamName: ORDERS}                                   | false
            """)
    void aConsumerFollowsAStreamResourceUnlessItNamesAConnectionItself(String spec, boolean follows) {
        assertThat(ConsumerNaming.followsStream(billing(spec))).isEqualTo(follows);
    }

    @Test
    void aConsumerUsesTheConnectionOfItsStreamResource() {
        ready();
        assertThat(naming.route(billing(BY_REFERENCE))).isEqualTo(new Route.Open(A));
    }

    @Test
    void aConsumerOfAStreamByNameUsesItsOwnConnection() {
        assertThat(naming.route(billing("{streamName: ORDERS, connectionRef: {name: b}}")))
                .isEqualTo(new Route.Open(B));
        assertThat(naming.route(billing("{streamName: ORDERS}"))).isEqualTo(new Route.Open(Resources.CONNECTION));
    }

    @Test
    void aConsumerMayNameTheConnectionOfItsStreamResourceAndNoOther() {
        ready();
        assertThat(naming.route(billing("{streamRef: {name: orders}, connectionRef: {name: a}}")))
                .isEqualTo(new Route.Open(A));
        assertThat(naming.route(billing("{streamRef: {name: orders}, connectionRef: {name: b}}")))
                .isEqualTo(
                        new Route.Closed(
                                Reason.INVALID,
                                "spec.connectionRef names another Connection than that of the Stream resource orders: remove it, or name the stream in JetStream by spec.streamName"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {streamRef: {name: orders}}                    | billing
            {streamRef: {name: orders}, durableName: BILL} | BILL
            """)
    void aConsumerIsNamedInTheStreamThatItsStreamResourceDeclares(String spec, String name) {
        ready();
        assertThat(naming.resolve(billing(spec))).isEqualTo(new Target.Resolved(A, new ConsumerName("ORDERS", name)));
    }

    @Test
    void aStreamThatNoResourceDeclaresIsTakenByItsName() {
        assertThat(naming.resolve(billing(BY_NAME))).isEqualTo(new Target.Resolved(A, BILLING));
    }

    @Test
    void aStreamResourceThatDoesNotExistIsNamed() {
        assertThat(naming.resolve(billing(BY_REFERENCE)))
                .isEqualTo(notReady(
                        "there is no Stream resource orders in namespace shop: create it, or correct spec.streamRef"));
    }

    @Test
    void aConsumerIsPendingWhileANewStreamResourceIs() {
        declared();
        assertThat(naming.resolve(billing(BY_REFERENCE))).isEqualTo(new Target.Pending());
        assertThat(naming.resolve(billing(BY_NAME))).isEqualTo(new Target.Pending());
    }

    @Test
    void aStreamResourceThatIsNotReportedOnForThirtySecondsHasNoStream() {
        declared();
        clock.advance(Duration.ofSeconds(30));
        assertThat(naming.resolve(billing(BY_REFERENCE)))
                .isEqualTo(
                        notReady(
                                "the Stream resource orders has no stream in JetStream: kubectl describe stream orders -n shop"));
        assertThat(naming.resolve(billing(BY_NAME))).isEqualTo(new Target.Resolved(A, BILLING));
    }

    @Test
    void aStreamResourceThatWasReportedOnWithoutAStreamIsPointedTo() {
        declared().setStatus(StreamStatus.NOTHING);
        assertThat(naming.resolve(billing(BY_REFERENCE))).isInstanceOfSatisfying(Target.Missing.class, missing -> {
            assertThat(missing.reason()).isEqualTo(Reason.STREAM_NOT_READY);
            assertThat(missing.message()).contains("kubectl describe stream orders -n shop");
        });
    }

    @Test
    void aNewStreamResourceOfAnotherConnectionIsNotWaitedFor() {
        declared();
        assertThat(naming.resolve(billing("{streamName: ORDERS, connectionRef: {name: b}}")))
                .isEqualTo(new Target.Resolved(B, BILLING));
    }

    @Test
    void ofTwoStreamResourcesOneThatIsReportedOnSuffices() {
        declared();
        Stream older = streams.put(stream("older", "{name: ORDERS, connectionRef: {name: a}}"));
        older.setStatus(StreamStatus.NOTHING);
        assertThat(naming.resolve(billing(BY_NAME))).isEqualTo(new Target.Resolved(A, BILLING));
    }

    @Test
    void whatIsMissingOnTheWayComesBeforeWhatTheStreamIsLike() {
        declared();
        routes.close("shop/a", Reason.SECRET_NOT_FOUND, "there is no Secret");
        assertThat(naming.resolve(billing(BY_REFERENCE)))
                .isEqualTo(new Target.Missing(Reason.SECRET_NOT_FOUND, "there is no Secret"));
    }

    @Test
    void aConsumerThatNeverHadAStreamNamesNothing() {
        assertThat(naming.lastKnown(billing(BY_REFERENCE))).isNull();
    }

    @Test
    void aConsumerThatWasNeverReportedOnIsLastKnownAsItIsNow() {
        declared();
        assertThat(naming.lastKnown(billing(BY_REFERENCE))).isEqualTo(new Target.Pending());
        assertThat(naming.lastKnown(billing("{streamName: INVOICES, connectionRef: {name: b}}")))
                .isEqualTo(new Target.Resolved(B, new ConsumerName("INVOICES", "billing")));
    }

    @Test
    void aConsumerOutlivesItsStreamResourceUnderTheNamesInItsStatus() {
        assertThat(naming.lastKnown(reported(BY_REFERENCE)))
                .isEqualTo(new Target.Resolved(Resources.CONNECTION, BILLING));
    }

    @Test
    void aConsumerIsLastKnownWhereItsConnectionLastLedTo() {
        routes.close("shop/a", Reason.SECRET_NOT_FOUND, "there is no Secret");
        assertThat(naming.lastKnown(reported(BY_NAME))).isEqualTo(new Target.Resolved(A, BILLING));
        routes.forget();
        assertThat(naming.lastKnown(reported(BY_NAME)))
                .isEqualTo(new Target.Missing(Reason.SECRET_NOT_FOUND, "there is no Secret"));
    }

    @Test
    void theNameOmittedIsTheResourcesOwn() {
        var orders = new StreamName("ORDERS");
        assertThat(ConsumerNaming.name(billing("{streamName: ORDERS}"), orders)).isEqualTo(BILLING);
        assertThat(ConsumerNaming.name(billing("{streamName: ORDERS, durableName: BILL}"), orders))
                .isEqualTo(new ConsumerName("ORDERS", "BILL"));
    }
}
