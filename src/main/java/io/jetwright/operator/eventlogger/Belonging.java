package io.jetwright.operator.eventlogger;

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
import io.jetwright.api.EventLogger;
import io.jetwright.operator.report.Deed;
import io.jetwright.operator.report.News;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Something that an event logger owns, and that is called as it is. What of it is ours is applied server-side, whenever
 * it is not as it should be; what others add stays. Something of this name that is not ours is left alone.
 */
final class Belonging<R extends HasMetadata> extends CRUDKubernetesDependentResource<R, EventLogger>
        implements SecondaryToPrimaryMapper<R> {
    private static final int UNPROCESSABLE = 422;
    private static final String REPAIRED = "DriftRepaired";
    private static final int REMEMBERED = 2_000;

    private final Function<EventLogger, Optional<R>> desired;
    private final String apiVersion;
    private final String kind;
    private final News news;

    /** What was last asked for, by the UIDs of event loggers; so what was changed by others is told from what we change. */
    private final Remembered<String, Integer> asked = new Remembered<>(REMEMBERED);

    /**
     * Of a kind.
     *
     * @param desired empty to leave it as it is
     * @param interest which updates are of interest
     * @param news told of what was done
     */
    Belonging(
            Class<R> type,
            String apiVersion,
            String kind,
            Function<EventLogger, Optional<R>> desired,
            OnUpdateFilter<R> interest,
            News news) {
        super(type, kind);
        this.desired = desired;
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.news = news;
        configureWith(new KubernetesDependentResourceConfigBuilder<R>()
                .withUseSSA(true)
                .withCreateResourceOnlyIfNotExistingWithSSA(true)
                .withKubernetesDependentInformerConfig(InformerConfiguration.builder(type)
                        .withName(kind)
                        .withLabelSelector(Belongings.SELECTOR)
                        .withOnUpdateFilter(interest)
                        .build())
                .build());
    }

    static <R extends HasMetadata> Belonging<R> of(
            Class<R> type, Function<EventLogger, Optional<R>> desired, News news) {
        return new Belonging<>(
                type,
                HasMetadata.getApiVersion(type),
                HasMetadata.getKind(type),
                desired,
                (after, before) -> true,
                news);
    }

    @Override
    protected InformerEventSourceConfiguration.Builder<R> informerConfigurationBuilder(
            EventSourceContext<EventLogger> context) {
        return resourceType() == GenericKubernetesResource.class
                ? generic(context)
                : super.informerConfigurationBuilder(context);
    }

    @SuppressWarnings("unchecked") // it is this very type
    private InformerEventSourceConfiguration.Builder<R> generic(EventSourceContext<EventLogger> context) {
        return (InformerEventSourceConfiguration.Builder<R>) InformerEventSourceConfiguration.from(
                new GroupVersionKind(apiVersion, kind), context.getPrimaryResourceClass());
    }

    @Override
    public Set<ResourceID> toPrimaryResourceIDs(R resource) {
        return Set.of(ResourceID.fromResource(resource));
    }

    @Override
    protected ResourceID targetSecondaryResourceID(EventLogger logger, Context<EventLogger> context) {
        return ResourceID.fromResource(logger);
    }

    @Override
    public ReconcileResult<R> reconcile(EventLogger logger, Context<EventLogger> context) {
        Optional<R> wanted = desired.apply(logger);
        if (wanted.isEmpty()) {
            return ReconcileResult.noOperation(
                    getSecondaryResource(logger, context).orElse(null));
        }
        ReconcileResult<R> result = super.reconcile(logger, context);
        Integer now = wanted.get().hashCode();
        boolean isAskedAgain = now.equals(asked.put(logger.getMetadata().getUid(), now));
        switch (result.getSingleOperation()) {
            case CREATED -> news.tell(logger, isAskedAgain ? restored(logger) : deed(logger, "Created", "is created"));
            case UPDATED -> news.tell(logger, isAskedAgain ? repaired(logger) : deed(logger, "Updated", "is updated"));
            case NONE -> {}
        }
        return result;
    }

    private Deed restored(EventLogger logger) {
        return deed(logger, REPAIRED, "was gone, or without its labels, and is as declared again");
    }

    private Deed repaired(EventLogger logger) {
        return deed(logger, REPAIRED, "had been changed, and is repaired");
    }

    private Deed deed(EventLogger logger, String word, String what) {
        return new Deed(
                word, "its %s %s %s".formatted(kind, logger.getMetadata().getName(), what));
    }

    @Override
    public void delete(EventLogger logger, Context<EventLogger> context) {
        super.delete(logger, context);
        if (asked.forget(logger.getMetadata().getUid()) != null) {
            news.tell(logger, deed(logger, "Updated", "is deleted, since the spec asks for none any more"));
        }
    }

    @Override
    protected R desired(EventLogger logger, Context<EventLogger> context) {
        return desired.apply(logger)
                .orElseThrow(() -> new IllegalStateException("what the " + kind + " is made of has just gone"));
    }

    /**
     * The watch does not see what has lost its labels, or never had them. Kubernetes may validate what would come of the
     * two together before it finds out that there is something.
     */
    @Override
    public R create(R desired, EventLogger logger, Context<EventLogger> context) {
        try {
            return super.create(desired, logger, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            R actual = context.getClient().resource(desired).get();
            if (actual == null) {
                throw e;
            }
            if (!actual.hasOwnerReferenceFor(logger)) {
                throw new NotOursException(actual);
            }
            desired.getMetadata().setResourceVersion(null);
            return update(actual, desired, logger, context);
        }
    }

    /**
     * Where somebody has put something else in the place of an item of ours, such as a port of the same name, the two
     * together may be invalid. Then all lists are made ours first.
     */
    @Override
    public R update(R actual, R desired, EventLogger logger, Context<EventLogger> context) {
        try {
            return super.update(actual, desired, logger, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            replaceLists(desired, context);
            return super.update(actual, desired, logger, context);
        }
    }

    private static <R extends HasMetadata> void replaceLists(R desired, Context<EventLogger> context) {
        var serialization = context.getClient().getKubernetesSerialization();
        Map<?, ?> spec =
                (Map<?, ?>) serialization.convertValue(desired, Map.class).get("spec");
        context.getClient()
                .resource(desired)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(EventLoggerReconciler.FIELD_MANAGER)
                                .build(),
                        serialization.asJson(Map.of("spec", spec)));
    }
}
