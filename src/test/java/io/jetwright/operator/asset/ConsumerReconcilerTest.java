package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.SettableClock;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.Connections;
import io.jetwright.jetstream.Pause;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.connection.FakeApiServer;
import io.jetwright.operator.report.FakeController;
import io.jetwright.operator.report.FakeEvents;
import io.jetwright.operator.report.Readings;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.operator.wake.PromptHub;
import io.jetwright.status.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumerReconcilerTest {
    private final FakeApiServer kubernetes = new FakeApiServer();
    private final FakeController<Consumer> controller = FakeController.ofConsumers(kubernetes);
    private final FakeCache<Consumer> cache = new FakeCache<>();
    private final FakeRelay relay = new FakeRelay();
    private final Hub hub = PromptHub.of(settings -> java.util.stream.Stream.empty());
    private final Connections connections = new Connections(hub, (object, verb, outcome, time) -> {}, Pause.NONE);
    private List<EventSource<?, Consumer>> sources = List.of();
    private final BlockingQueue<String> woken = new LinkedBlockingQueue<>();

    @BeforeEach
    void prepare() {
        cache.put(consumer("billing", "{streamName: ORDERS}"));
        cache.put(consumer("shipping", "{streamRef: {name: orders}}"));
        cache.put(consumer("last", "{streamRef: {name: last}}"));
        var clock = new SettableClock("2026-06-01T12:00:00Z");
        var kinds = new Kinds();
        var reconciler = new ConsumerReconciler(new AssetParts(
                new FakeRoutes(),
                connections,
                hub,
                kinds,
                new BlockedResources(kinds, settings -> java.util.stream.Stream.of(""), clock),
                Resources.CLUSTER,
                new Conditions(clock),
                new FakeEvents(),
                Resources.writes(clock),
                new Readings(),
                new Again(Duration.ofMinutes(10), RandomGenerator.getDefault()),
                relay,
                clock));
        sources = reconciler.prepareEventSources(controller.preparation(cache));
        controller.start(sources, woken::add);
    }

    @AfterEach
    void close() {
        sources.forEach(EventSource::stop);
        connections.close();
        controller.close();
        kubernetes.close();
    }

    /** The operator reports on a Stream resource: when its stream was made, and what it holds. */
    private void report(String name, @Nullable String created, int messages) {
        Stream stream = stream(name, "{name: %s}".formatted(name.toUpperCase(Locale.ROOT)));
        stream.setStatus(Serialization.unmarshal(
                created == null
                        ? "{\"messages\": %d}".formatted(messages)
                        : "{\"created\": \"%s\", \"messages\": %d}".formatted(created, messages),
                StreamStatus.class));
        kubernetes.put(stream);
    }

    private void areWokenNext(String... names) throws InterruptedException {
        BlockingQueue<String> next = new LinkedBlockingQueue<>();
        for (int each = 0; each < names.length; each++) {
            next.add(Objects.requireNonNull(woken.poll(1, TimeUnit.MINUTES), "nobody is woken"));
        }
        assertThat(next).containsExactlyInAnyOrder(names);
    }

    private void nobodyElseIsWoken() throws InterruptedException {
        report("last", "2026-06-01T11:00:00Z", 0);
        areWokenNext("last");
    }

    @Test
    void aNewStreamResourceWakesItsConsumersWhenItIsReportedOn() throws InterruptedException {
        kubernetes.put(stream("orders", "{name: ORDERS}"));
        report("orders", "2026-06-01T11:00:00Z", 0);
        areWokenNext("billing", "shipping");
        nobodyElseIsWoken();
    }

    @Test
    void numbersOfAStreamWakeNobody() throws InterruptedException {
        report("orders", "2026-06-01T11:00:00Z", 0);
        areWokenNext("billing", "shipping");
        report("orders", "2026-06-01T11:00:00Z", 7);
        nobodyElseIsWoken();
    }

    @Test
    void aStreamThatGoesOrIsMadeAnewWakesItsConsumers() throws InterruptedException {
        report("orders", "2026-06-01T11:00:00Z", 0);
        areWokenNext("billing", "shipping");
        report("orders", "2026-06-01T12:00:00Z", 0);
        areWokenNext("billing", "shipping");
        report("orders", null, 0);
        areWokenNext("billing", "shipping");
        nobodyElseIsWoken();
    }

    @Test
    void aStreamResourceThatIsDeletedWakesItsConsumers() throws InterruptedException {
        report("orders", "2026-06-01T11:00:00Z", 0);
        areWokenNext("billing", "shipping");
        kubernetes.delete(Stream.class, "shop", "orders");
        areWokenNext("billing", "shipping");
    }
}
