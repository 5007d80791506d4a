package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.operator.connection.FakeApiServer;
import io.jetwright.operator.connection.SecretData;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamedSecretsTest {
    private static final ResourceID TOKEN = new ResourceID("token", "shop");

    private final FakeApiServer kubernetes = new FakeApiServer();
    private final Map<String, List<SecretKey>> named = new HashMap<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final NamedSecrets<Archiver> secrets = new NamedSecrets<>(
            kubernetes.client(),
            archiver -> named.getOrDefault(archiver.getMetadata().getName(), List.of()));

    NamedSecretsTest() {
        secrets.setEventHandler(events::add);
    }

    @AfterEach
    void close() {
        secrets.stop();
        kubernetes.close();
    }

    private static Archiver archiver() {
        return Archiver.named("archive");
    }

    private void names(String... all) {
        named.put(
                "archive",
                List.of(all).stream()
                        .map(each -> new SecretKey(each, "key", "spec.secret", true))
                        .toList());
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(events.poll(1, TimeUnit.MINUTES), "nobody is woken")
                .getRelatedCustomResourceID()
                .getName();
    }

    private static void eventuallyIs(Runnable assertion) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion::run);
    }

    @Test
    void whoNamesASecretIsWokenWhenItIsKnownAndWhenItChanges() throws InterruptedException {
        secrets.start();
        names("token");
        secrets.onResourceCreated(Archiver.named("another"));
        secrets.onResourceCreated(archiver());
        assertThat(next()).isEqualTo("archive");
        assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Absent());

        kubernetes.put(new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("token")
                .endMetadata()
                .withData(Map.of("key", "b25l"))
                .build());
        assertThat(next()).isEqualTo("archive");
        assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Present(Map.of("key", "b25l")));
    }

    @Test
    void aSecretThatNoResourceNamesAnyMoreIsForgotten() throws InterruptedException {
        secrets.start();
        names("token");
        secrets.onResourceCreated(archiver());
        next();

        names("other");
        secrets.onResourceUpdated(archiver(), archiver());
        next();
        assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Unread());
        assertThat(secrets.read(new ResourceID("other", "shop"))).isEqualTo(new SecretData.Absent());

        secrets.onResourceDeleted(archiver());
        assertThat(secrets.read(new ResourceID("other", "shop"))).isEqualTo(new SecretData.Unread());
    }

    @Test
    void beforeTheControllerRunsSecretsAreReadAndNobodyIsWoken() {
        names("token");
        secrets.onResourceCreated(archiver());
        eventuallyIs(() -> assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Absent()));
        assertThat(events).isEmpty();
    }

    @Test
    void asLongAsTheSameIsNamedNothingIsAskedAgain() throws InterruptedException {
        secrets.start();
        names("token");
        secrets.onResourceCreated(archiver());
        next();
        secrets.onResourceUpdated(archiver(), archiver());
        assertThat(kubernetes.requests().stream().filter(each -> !each.contains("watch=")))
                .hasSize(1);
        assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Absent());
    }
}
