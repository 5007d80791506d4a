package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.SettableClock;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.letter.DeclaredConsumer;
import io.jetwright.letter.DeclaredStream;
import io.jetwright.letter.StreamPlace;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.operator.asset.Resources;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LetterDeclarationsTest {
    private final FakeRoutes routes = new FakeRoutes();
    private final FakeCache<Consumer> cache = new FakeCache<>();
    private final FakeCache<Stream> streams = new FakeCache<>();
    private final DeclaredStreams declared = new DeclaredStreams(routes, streams);
    private final ConsumerNaming naming =
            new ConsumerNaming(routes, declared, new SettableClock("2026-06-01T12:00:00Z"));
    private final LetterDeclarations declarations =
            new LetterDeclarations(declared, naming, new ConsumerIndex(routes, cache, declared));

    private static StreamPlace place(String stream) {
        return new StreamPlace(Resources.CONNECTION, stream);
    }

    private DeclaredConsumer declared(String spec) {
        return declarations.consumer(cache.put(consumer("worker", spec))).orElseThrow();
    }

    @Test
    void bothStreamsAreNamedEitherWay() {
        streams.put(stream("orders", "{name: ORDERS}"));
        streams.put(stream("dead", "{name: DEAD}"));
        DeclaredConsumer byResources =
                declared("{streamRef: {name: orders}, durableName: W, deadLetter: {streamRef: {name: dead}}}");
        assertThat(byResources.source()).isEqualTo(place("ORDERS"));
        assertThat(byResources.letters()).isEqualTo(place("DEAD"));
        assertThat(byResources.resource()).isEqualTo("shop/worker");
        assertThat(byResources.consumer()).isEqualTo("W");
        DeclaredConsumer byNames = declared("{streamName: ORDERS, deadLetter: {streamName: DEAD}}");
        assertThat(byNames.source()).isEqualTo(place("ORDERS"));
        assertThat(byNames.letters()).isEqualTo(place("DEAD"));
        assertThat(declarations.resource(byNames)).isPresent();
        assertThat(declared("{streamName: ORDERS, deadLetter: {streamRef: {name: none}}}")
                        .letters())
                .isNull();
        assertThat(declarations.consumer(consumer("other", "{streamName: ORDERS}")))
                .isEmpty();
    }

    @Test
    void connectionsWithTheSameSettingsAreOne() {
        routes.put("shop/same", Resources.CONNECTION);
        routes.put("shop/far", FakeRoutes.server("far"));
        streams.put(stream("dead", "{name: DEAD, connectionRef: {name: same}}"));
        streams.put(stream("far", "{name: DEAD, connectionRef: {name: far}}"));
        assertThat(declarations.stream(place("DEAD")).map(DeclaredStream::resource))
                .contains("shop/dead");
        assertThat(declared("{streamName: ORDERS, deadLetter: {streamRef: {name: far}}}")
                        .letters())
                .isEqualTo(new StreamPlace(FakeRoutes.server("far"), "DEAD"));
    }

    @Test
    void consumersThatAreDeletedSuspendedOrOfAnotherStreamAreNoWay() {
        declared("{streamName: ORDERS, deadLetter: {streamName: DEAD}}");
        cache.put(consumer("suspended", "{streamName: ORDERS, suspend: true, deadLetter: {streamName: DEAD}}"));
        cache.put(consumer("plain", "{streamName: ORDERS}"));
        Consumer deleted = consumer("deleted", "{streamName: ORDERS, deadLetter: {streamName: DEAD}}");
        deleted.getMetadata().setDeletionTimestamp("2026-06-01T11:00:00Z");
        cache.put(deleted);
        assertThat(declarations.consumers(place("ORDERS")).map(DeclaredConsumer::resource))
                .containsExactly("shop/worker");
        assertThat(declarations.consumers(place("DEAD"))).isEmpty();
    }

    @Test
    void copiesAreFoundByTheStreamThatTheyCopy() {
        streams.put(stream("mirror", "{mirror: {name: ORDERS}}"));
        streams.put(stream("sourced", "{sources: [{name: OTHER}, {name: ORDERS}]}"));
        streams.put(stream("external", "{mirror: {name: ORDERS, externalApiPrefix: $JS.hub.API}}"));
        assertThat(declarations.copies(place("ORDERS")).map(DeclaredStream::resource))
                .containsExactlyInAnyOrder("shop/mirror", "shop/sourced");
    }

    @Test
    void aStreamResourceThatIsNotThereOrHasNoStreamIsMissing() {
        Consumer worker = consumer("worker", "{streamName: ORDERS, deadLetter: {streamRef: {name: dead}}}");
        var letter = Objects.requireNonNull(worker.getSpec().deadLetter());
        assertThat(declarations.missing(worker, letter).orElseThrow().message())
                .contains("there is no Stream resource dead in namespace shop");
        Stream dead = streams.put(stream("dead", "{}"));
        assertThat(declarations.missing(worker, letter).orElseThrow().message()).contains("has no stream in JetStream");
        dead.setStatus(Serialization.unmarshal(
                "{\"created\": \"2026-06-01T11:00:00Z\", \"captures\": \"a,b.>\"}", StreamStatus.class));
        assertThat(declarations.missing(worker, letter)).isEmpty();
        assertThat(declarations.stream(place("dead")).orElseThrow().captures()).containsExactly("a", "b.>");
    }
}
