package io.jetwright.operator.report;

import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.V1APIGroupDSL;
import io.jetwright.SettableClock;
import io.jetwright.api.Stream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    private final Map<String, Event> written = new ConcurrentHashMap<>();
    private final Semaphore answered = new Semaphore(0);
    private volatile @Nullable KubernetesClientException failure;

    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00.5Z");
    private final EventRecorder recorder = new EventRecorder(client(), clock);
    private final Stream orders = stream("orders", "{}");

    /** A client that knows how to create an event and to edit one by its name, and nothing else. */
    private KubernetesClient client() {
        return proxy(KubernetesClient.class, (client, method, arguments) -> switch (method.getName()) {
            case "resource" -> knowing(NamespaceableResource.class, "create", none -> create((Event) arguments[0]));
            case "v1" -> knowing(V1APIGroupDSL.class, "events", none -> existing());
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static <T> T knowing(Class<T> type, String action, Function<Object[], Object> answer) {
        return proxy(type, (target, method, arguments) -> {
            if (method.getName().equals(action)) {
                return answer.apply(arguments);
            }
            throw new UnsupportedOperationException(method.toString());
        });
    }

    private Object existing() {
        return knowing(
                MixedOperation.class,
                "inNamespace",
                namespace -> knowing(
                        NonNamespaceOperation.class,
                        "withName",
                        name -> knowing(Resource.class, "edit", change -> edit((String) name[0], change[0]))));
    }

    private Event create(Event event) {
        if (failure != null) {
            answered.release();
            throw failure;
        }
        if (written.putIfAbsent(event.getMetadata().getName(), event) != null) {
            throw new KubernetesClientException("exists", 409, null);
        }
        answered.release();
        return event;
    }

    @SuppressWarnings("unchecked") // the recorder's own function
    private Event edit(String name, Object change) {
        Event edited = written.computeIfPresent(name, (key, known) -> ((UnaryOperator<Event>) change).apply(known));
        answered.release();
        return Objects.requireNonNull(edited);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What was written, once so many events were told. */
    private List<Event> events(int told) throws InterruptedException {
        assertThat(answered.tryAcquire(told, 1, TimeUnit.MINUTES)).isTrue();
        recorder.close();
        return List.copyOf(written.values());
    }

    @Test
    void anEventSaysWhatHappenedToWhom() throws InterruptedException {
        recorder.normal(orders, "Created", "stream orders is created");
        assertThat(events(1)).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Normal");
            assertThat(event.getReason()).isEqualTo("Created");
            assertThat(event.getMessage()).isEqualTo("stream orders is created");
            assertThat(event.getCount()).isEqualTo(1);
            assertThat(event.getFirstTimestamp()).isEqualTo("2026-06-01T12:00:00Z");
            assertThat(event.getLastTimestamp()).isEqualTo("2026-06-01T12:00:00Z");
            assertThat(event.getMetadata().getNamespace()).isEqualTo("shop");
            assertThat(event.getMetadata().getName()).startsWith("orders.");
            assertThat(event.getInvolvedObject().getKind()).isEqualTo("Stream");
            assertThat(event.getInvolvedObject().getApiVersion()).isEqualTo("jetwright.io/v1beta1");
            assertThat(event.getInvolvedObject().getNamespace()).isEqualTo("shop");
            assertThat(event.getInvolvedObject().getName()).isEqualTo("orders");
            assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-of-orders");
            assertThat(event.getReportingComponent()).isEqualTo("jetwright");
        });
    }

    @Test
    void aWarningIsOne() throws InterruptedException {
        recorder.warning(orders, "Conflict", "it belongs to another");
        assertThat(events(1)).extracting(Event::getType).containsExactly("Warning");
    }

    @Test
    void theSameEventIsCounted() throws InterruptedException {
        recorder.warning(orders, "Conflict", "it belongs to another");
        clock.advance(Duration.ofMinutes(5));
        recorder.warning(orders, "Conflict", "it belongs to another");
        recorder.warning(orders, "Conflict", "it belongs to another");
        assertThat(events(3)).singleElement().satisfies(event -> {
            assertThat(event.getCount()).isEqualTo(3);
            assertThat(event.getFirstTimestamp()).isEqualTo("2026-06-01T12:00:00Z");
            assertThat(event.getLastTimestamp()).isEqualTo("2026-06-01T12:05:00Z");
        });
    }

    @Test
    void anotherReasonOrMessageOrResourceIsAnotherEvent() throws InterruptedException {
        recorder.normal(orders, "Updated", "a");
        recorder.normal(orders, "Updated", "b");
        recorder.normal(orders, "Adopted", "a");
        recorder.normal(stream("invoices", "{}"), "Updated", "a");
        Stream successor = stream("orders", "{}");
        successor.getMetadata().setUid("another");
        recorder.normal(successor, "Updated", "a");
        assertThat(events(5)).hasSize(5);
    }

    @Test
    void aLongMessageIsCutToWhatTheApiServerTakes() throws InterruptedException {
        recorder.normal(orders, "Updated", "x".repeat(5000));
        assertThat(events(1))
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage()).hasSize(1024).endsWith("x..."));
    }

    @Test
    void theNameOfAnEventIsShortEnoughForAnyResource() throws InterruptedException {
        recorder.normal(stream("x".repeat(253), "{}"), "Updated", "a");
        assertThat(events(1))
                .singleElement()
                .satisfies(event -> assertThat(event.getMetadata().getName()).hasSizeLessThanOrEqualTo(253));
    }

    @Test
    void anEventThatCannotBeWrittenStopsNoOther() throws InterruptedException {
        failure = new KubernetesClientException("forbidden", 403, null);
        recorder.normal(orders, "Updated", "a");
        recorder.normal(orders, "Updated", "b");
        assertThat(events(2)).isEmpty();
    }
}
