package io.jetwright.operator.connection;

import static io.jetwright.operator.connection.Given.namespace;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermittedInformerTest {
    private final FakeApiServer kubernetes = new FakeApiServer();

    /** What is started again later, done by the test. */
    private final BlockingQueue<Runnable> later = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private @Nullable PermittedInformer<Namespace> informer;

    @AfterEach
    void close() {
        if (informer != null) {
            informer.close();
        }
        kubernetes.close();
    }

    private PermittedInformer<Namespace> start() {
        informer = new PermittedInformer<>(
                () -> kubernetes.client().namespaces().runnableInformer(0),
                "list namespaces",
                new PermittedInformer.Listener<>() {
                    @Override
                    public void known() {
                        changes.add("known");
                    }

                    @Override
                    public void changed(@Nullable Namespace before, @Nullable Namespace after) {
                        changes.add(labels(before) + " -> " + labels(after));
                    }
                },
                later::add);
        return informer;
    }

    private static String labels(@Nullable Namespace namespace) {
        return namespace == null
                ? "none"
                : String.valueOf(namespace.getMetadata().getLabels());
    }

    private void awaitChange(String expected) throws InterruptedException {
        assertThat(changes.poll(1, TimeUnit.MINUTES)).isEqualTo(expected);
    }

    private Runnable nextStart() throws InterruptedException {
        return Objects.requireNonNull(later.poll(1, TimeUnit.MINUTES));
    }

    private static PermittedInformer.State.Seen<Namespace> seen(PermittedInformer<Namespace> informer) {
        assertThat(informer.state()).isInstanceOf(PermittedInformer.State.Seen.class);
        return (PermittedInformer.State.Seen<Namespace>) informer.state();
    }

    private long lists() {
        return kubernetes.requests().stream()
                .filter(request -> !request.contains("watch="))
                .count();
    }

    @Test
    void whatThereIsIsSeen() throws InterruptedException {
        kubernetes.put(namespace("shop", Map.of()));
        kubernetes.put(namespace("bank", Map.of()));
        var permitted = start();
        awaitChange("known");
        assertThat(seen(permitted).all())
                .extracting(each -> each.getMetadata().getName())
                .containsExactlyInAnyOrder("shop", "bank");
        assertThat(seen(permitted).find("shop")).isPresent();
        assertThat(seen(permitted).find("unknown")).isEmpty();
    }

    @Test
    void whatComesChangesAndGoesIsTold() throws InterruptedException {
        var permitted = start();
        awaitChange("known");
        kubernetes.put(namespace("shop", Map.of()));
        awaitChange("none -> {}");
        assertThat(seen(permitted).find("shop")).isPresent();
        kubernetes.put(namespace("shop", Map.of("tenant", "shop")));
        awaitChange("{} -> {tenant=shop}");
        assertThat(seen(permitted).find("shop").orElseThrow().getMetadata().getLabels())
                .containsEntry("tenant", "shop");
        kubernetes.delete(Namespace.class, "", "shop");
        awaitChange("{tenant=shop} -> none");
        assertThat(seen(permitted).find("shop")).isEmpty();
    }

    @Test
    void whatIsForbiddenIsToldOnceAndTriedUntilItIsPermitted() throws InterruptedException {
        kubernetes.forbid("namespaces");
        var permitted = start();
        awaitChange("known");
        assertThat(permitted.state()).isEqualTo(new PermittedInformer.State.Forbidden<>());

        nextStart().run();
        Runnable third = nextStart();
        assertThat(permitted.state()).isEqualTo(new PermittedInformer.State.Forbidden<>());
        assertThat(changes).as("told again").isEmpty();

        kubernetes.allow("namespaces");
        third.run();
        awaitChange("known");
        assertThat(seen(permitted).all()).isEmpty();
    }

    @Test
    void whatIsClosedIsNotStartedAgain() throws InterruptedException {
        kubernetes.forbid("namespaces");
        var permitted = start();
        Runnable again = nextStart();
        long before = lists();
        permitted.close();
        again.run();
        assertThat(lists()).isEqualTo(before);
    }
}
