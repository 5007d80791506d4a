package io.jetwright.operator.connection;

import static io.jetwright.operator.connection.Given.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretInformersTest {
    private static final ResourceID TOKEN = new ResourceID("token", "shop");
    private static final ResourceID ANOTHER = new ResourceID("another", "shop");

    private final FakeApiServer kubernetes = new FakeApiServer();
    private final BlockingQueue<ResourceID> changes = new LinkedBlockingQueue<>();
    private final SecretInformers secrets =
            new SecretInformers(kubernetes.client(), changes::add, new LinkedBlockingQueue<Runnable>()::add);

    @AfterEach
    void close() {
        secrets.close();
        kubernetes.close();
    }

    private ResourceID nextChange() throws InterruptedException {
        return Objects.requireNonNull(changes.poll(1, TimeUnit.MINUTES), "nothing is told");
    }

    private static SecretData present(String token) {
        return new SecretData.Present(token("shop", "token", token).getData());
    }

    @Test
    void aSecretThatIsNotWatchedIsUnread() {
        kubernetes.put(token("shop", "token", "one"));
        assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Unread());
        assertThat(kubernetes.requests()).isEmpty();
    }

    @Test
    void aSecretIsAsItLastWas() throws InterruptedException {
        secrets.watch(Set.of(TOKEN));
        assertThat(nextChange()).isEqualTo(TOKEN);
        assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Absent());
        kubernetes.put(token("shop", "token", "one"));
        assertThat(nextChange()).isEqualTo(TOKEN);
        assertThat(secrets.read(TOKEN)).isEqualTo(present("one"));
        kubernetes.put(token("shop", "token", "two"));
        assertThat(nextChange()).isEqualTo(TOKEN);
        assertThat(secrets.read(TOKEN)).isEqualTo(present("two"));
    }

    @Test
    void aSecretWithoutDataIsPresentAndEmpty() throws InterruptedException {
        var empty = token("shop", "token", "one");
        empty.setData(null);
        kubernetes.put(empty);
        secrets.watch(Set.of(TOKEN));
        assertThat(nextChange()).isEqualTo(TOKEN);
        assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Present(Map.of()));
    }

    @Test
    void aSecretThatMayNotBeReadNamesThePermission() throws InterruptedException {
        kubernetes.forbid("secrets");
        secrets.watch(Set.of(TOKEN));
        assertThat(nextChange()).isEqualTo(TOKEN);
        assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Forbidden("list the secret token in namespace shop"));
    }

    @Test
    void eachSecretIsAskedForByItsName() throws InterruptedException {
        secrets.watch(Set.of(TOKEN, ANOTHER));
        ResourceID first = nextChange();
        ResourceID second = nextChange();
        assertThat(Set.of(first, second)).containsExactlyInAnyOrder(TOKEN, ANOTHER);
        assertThat(kubernetes.requests())
                .isNotEmpty()
                .allMatch(request -> request.contains("fieldSelector=metadata.name=token")
                        || request.contains("fieldSelector=metadata.name=another"));
    }

    @Test
    void aSecretThatNobodyNamesAnyMoreIsForgottenAndTheOthersAreKept() throws InterruptedException {
        secrets.watch(Set.of(TOKEN));
        assertThat(nextChange()).isEqualTo(TOKEN);
        secrets.watch(Set.of(TOKEN, ANOTHER));
        assertThat(nextChange()).isEqualTo(ANOTHER);
        secrets.watch(Set.of(ANOTHER));
        assertThat(secrets.read(TOKEN)).isEqualTo(new SecretData.Unread());
        assertThat(secrets.read(ANOTHER)).isEqualTo(new SecretData.Absent());
        assertThat(kubernetes.requests().stream().filter(request -> !request.contains("watch=")))
                .as("lists, one for each that was added")
                .hasSize(2);
    }
}
