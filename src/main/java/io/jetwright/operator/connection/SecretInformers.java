package io.jetwright.operator.connection;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Watches single Secrets by their names, which a Role can allow for just these, and holds no others. What they contain is
 * kept in memory, as long as they are watched.
 */
public final class SecretInformers implements AutoCloseable {
    private final KubernetesClient client;
    private final Consumer<ResourceID> changed;
    private final Executor later;
    private final Map<ResourceID, PermittedInformer<Secret>> watches = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param changed called when something else is known of a Secret than before; must not block
     */
    public SecretInformers(KubernetesClient client, Consumer<ResourceID> changed) {
        this(client, changed, PermittedInformer.LATER);
    }

    /**
     * None yet.
     *
     * @param changed called when something else is known of a Secret than before
     * @param later runs the next attempt to watch, after one was forbidden
     */
    SecretInformers(KubernetesClient client, Consumer<ResourceID> changed, Executor later) {
        this.client = client;
        this.changed = changed;
        this.later = later;
    }

    /** From now on these are watched, and no others. */
    public synchronized void watch(Set<ResourceID> secrets) {
        watches.entrySet().removeIf(each -> {
            boolean isUnneeded = !secrets.contains(each.getKey());
            if (isUnneeded) {
                each.getValue().close();
            }
            return isUnneeded;
        });
        for (ResourceID secret : secrets) {
            if (!watches.containsKey(secret)) {
                watches.put(secret, start(secret));
            }
        }
    }

    private PermittedInformer<Secret> start(ResourceID secret) {
        String namespace = secret.getNamespace().orElseThrow();
        return new PermittedInformer<>(
                () -> client.secrets()
                        .inNamespace(namespace)
                        .withName(secret.getName())
                        .runnableInformer(0),
                permission(secret),
                () -> changed.accept(secret),
                later);
    }

    private static String permission(ResourceID secret) {
        return "list the secret %s in namespace %s"
                .formatted(secret.getName(), secret.getNamespace().orElseThrow());
    }

    /** What is known of a Secret; {@link SecretData.Unread} for one that is not watched. */
    public SecretData read(ResourceID secret) {
        PermittedInformer<Secret> watch = watches.get(secret);
        if (watch == null) {
            return new SecretData.Unread();
        }
        return switch (watch.state()) {
            case PermittedInformer.State.Unread<Secret> unread -> new SecretData.Unread();
            case PermittedInformer.State.Forbidden<Secret> forbidden -> new SecretData.Forbidden(permission(secret));
            case PermittedInformer.State.Seen<Secret> seen ->
                seen.all().stream()
                        .findFirst()
                        .<SecretData>map(
                                found -> new SecretData.Present(Objects.requireNonNullElse(found.getData(), Map.of())))
                        .orElseGet(SecretData.Absent::new);
        };
    }

    @Override
    public synchronized void close() {
        watches.values().forEach(PermittedInformer::close);
        watches.clear();
    }
}
