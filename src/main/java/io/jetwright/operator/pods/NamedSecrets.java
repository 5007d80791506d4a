package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.jetwright.operator.connection.SecretData;
import io.jetwright.operator.connection.SecretInformers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The event source of the Secrets that resources of one kind name for their pods, beside those of Connections. Each is watched by
 * its name, for as long as a resource names it.
 *
 * @param <P> the resource that runs pods
 */
public final class NamedSecrets<P extends HasMetadata> extends AbstractEventSource<Void, P>
        implements ResourceEventAware<P> {
    private final Function<P, List<SecretKey>> named;
    private final SecretInformers informers;
    private final Map<ResourceID, Set<ResourceID>> secrets = new ConcurrentHashMap<>();

    /**
     * One for a controller; to be among its event sources.
     *
     * @param named what a resource names
     */
    public NamedSecrets(KubernetesClient client, Function<P, List<SecretKey>> named) {
        super(Void.class, "secrets");
        this.named = named;
        this.informers = new SecretInformers(client, this::changed);
    }

    /** What is known of a Secret; {@link SecretData.Unread} also for one that no resource names. */
    public SecretData read(ResourceID secret) {
        return informers.read(secret);
    }

    @Override
    public void onResourceCreated(P resource) {
        names(resource, secretsOf(resource));
    }

    @Override
    public void onResourceUpdated(P after, P before) {
        names(after, secretsOf(after));
    }

    @Override
    public void onResourceDeleted(P resource) {
        names(resource, Set.of());
    }

    private Set<ResourceID> secretsOf(P resource) {
        return named.apply(resource).stream()
                .map(each ->
                        new ResourceID(each.secret(), resource.getMetadata().getNamespace()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private synchronized void names(P resource, Set<ResourceID> now) {
        ResourceID id = ResourceID.fromResource(resource);
        Set<ResourceID> before = now.isEmpty() ? secrets.remove(id) : secrets.put(id, now);
        if (!now.equals(Objects.requireNonNullElse(before, Set.of()))) {
            informers.watch(secrets.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
        }
    }

    /** Before it is started it wakes nobody, since all resources are about to be reconciled. */
    private void changed(ResourceID secret) {
        if (isRunning()) {
            secrets.forEach((resource, all) -> {
                if (all.contains(secret)) {
                    getEventHandler().handleEvent(new Event(resource));
                }
            });
        }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }

    @Override
    public void stop() {
        super.stop();
        informers.close();
    }
}
