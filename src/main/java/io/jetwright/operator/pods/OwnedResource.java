package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResourceConfigBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.jetwright.operator.report.News;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A dependent resource of an owner, which has the owner's name and an owner reference to it. The fields that are desired are
 * applied server-side whenever they are not so; fields that others add stay. A resource of this name that the owner does not
 * own is left alone, and fails the reconciliation, see {@link Refusals}.
 *
 * @param <R> the resource
 * @param <P> the owner
 */
public final class OwnedResource<R extends HasMetadata, P extends HasMetadata>
        extends CRUDKubernetesDependentResource<R, P> implements SecondaryToPrimaryMapper<R> {
    private static final int UNPROCESSABLE = 422;

    private final GroupVersionKind kind;
    private final Function<P, Optional<R>> desired;
    private final OwnedResourceEvents events;

    private OwnedResource(
            Class<R> type,
            GroupVersionKind kind,
            OwnedMetadata metadata,
            Function<P, Optional<R>> desired,
            OnUpdateFilter<R> filter,
            News news) {
        super(type, kind.getKind());
        this.kind = kind;
        this.desired = desired;
        this.events = new OwnedResourceEvents(kind.getKind(), news);
        configureWith(new KubernetesDependentResourceConfigBuilder<R>()
                .withUseSSA(true)
                .withCreateResourceOnlyIfNotExistingWithSSA(true)
                .withKubernetesDependentInformerConfig(InformerConfiguration.builder(type)
                        .withName(kind.getKind())
                        .withLabelSelector(metadata.labelSelector())
                        .withOnUpdateFilter(filter)
                        .build())
                .build());
    }

    /**
     * A resource of a kind that has a class.
     *
     * @param metadata of all resources that the kind of the owner owns
     * @param desired the resource; empty to leave it as it is
     * @param news told of what was done
     */
    public static <R extends HasMetadata, P extends HasMetadata> OwnedResource<R, P> of(
            Class<R> type, OwnedMetadata metadata, Function<P, Optional<R>> desired, News news) {
        return new OwnedResource<>(
                type, GroupVersionKind.gvkFor(type), metadata, desired, (after, before) -> true, news);
    }

    /**
     * A resource of a kind whose class, if there is one, would lose something that matters, such as the managed fields.
     *
     * @param metadata of all resources that the kind of the owner owns
     * @param desired the resource; empty to leave it as it is
     * @param filter which updates of it have the owner reconciled
     * @param news told of what was done
     */
    public static <P extends HasMetadata> OwnedResource<GenericKubernetesResource, P> generic(
            GroupVersionKind kind,
            OwnedMetadata metadata,
            Function<P, Optional<GenericKubernetesResource>> desired,
            OnUpdateFilter<GenericKubernetesResource> filter,
            News news) {
        return new OwnedResource<>(GenericKubernetesResource.class, kind, metadata, desired, filter, news);
    }

    @Override
    protected InformerEventSourceConfiguration.Builder<R> informerConfigurationBuilder(EventSourceContext<P> context) {
        return resourceType() == GenericKubernetesResource.class
                ? genericBuilder(context)
                : super.informerConfigurationBuilder(context);
    }

    @SuppressWarnings("unchecked") // R is GenericKubernetesResource
    private InformerEventSourceConfiguration.Builder<R> genericBuilder(EventSourceContext<P> context) {
        return (InformerEventSourceConfiguration.Builder<R>)
                InformerEventSourceConfiguration.from(kind, context.getPrimaryResourceClass());
    }

    /** By its name, so that its owner is found even if somebody has removed the owner reference. */
    @Override
    public Set<ResourceID> toPrimaryResourceIDs(R resource) {
        return Set.of(ResourceID.fromResource(resource));
    }

    @Override
    protected ResourceID targetSecondaryResourceID(P owner, Context<P> context) {
        return ResourceID.fromResource(owner);
    }

    @Override
    public ReconcileResult<R> reconcile(P owner, Context<P> context) {
        Optional<R> resource = desired.apply(owner);
        if (resource.isEmpty()) {
            return ReconcileResult.noOperation(
                    getSecondaryResource(owner, context).orElse(null));
        }
        ReconcileResult<R> result = super.reconcile(owner, context);
        events.reconciled(owner, resource.get(), result.getSingleOperation());
        return result;
    }

    @Override
    public void delete(P owner, Context<P> context) {
        super.delete(owner, context);
        events.deleted(owner);
    }

    @Override
    protected R desired(P owner, Context<P> context) {
        return desired.apply(owner)
                .orElseThrow(() -> new IllegalStateException("what the " + name() + " is made of has just gone"));
    }

    /**
     * Creates it, unless it is there without being in the cache, since it has lost its labels or never had them: then it is
     * updated, or left alone if the owner does not own it. Kubernetes answers either that it exists, or that it would be
     * invalid, since it may validate what comes of merging the two first.
     */
    @Override
    public R create(R desired, P owner, Context<P> context) {
        try {
            return super.create(desired, owner, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            R actual = context.getClient().resource(desired).get();
            if (actual == null) {
                throw e;
            }
            if (!actual.hasOwnerReferenceFor(owner)) {
                throw new NotOwnedException(actual, owner);
            }
            desired.getMetadata().setResourceVersion(null);
            return update(actual, desired, owner, context);
        }
    }

    /**
     * Updates it. Where somebody has replaced an item of a list, such as a port, by one of the same name, merging the two may
     * be invalid. Then the lists of the spec are replaced as a whole before.
     */
    @Override
    public R update(R actual, R desired, P owner, Context<P> context) {
        try {
            return super.update(actual, desired, owner, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            replaceLists(desired, context);
            return super.update(actual, desired, owner, context);
        }
    }

    private void replaceLists(R desired, Context<P> context) {
        var serialization = context.getClient().getKubernetesSerialization();
        Map<?, ?> spec =
                (Map<?, ?>) serialization.convertValue(desired, Map.class).get("spec");
        context.getClient()
                .resource(desired)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(
                                        context.getControllerConfiguration().fieldManager())
                                .build(),
                        serialization.asJson(Map.of("spec", spec)));
    }
}
