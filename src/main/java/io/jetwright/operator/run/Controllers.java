package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.jetwright.process.ProcessEnd;
import io.jetwright.process.RootCause;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The controllers of all kinds, as the Java Operator SDK runs them. */
public final class Controllers {
    /** How long work that is under way may take when the process is asked to end. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Operator operator;

    /**
     * No controllers yet.
     *
     * @param leaderElection empty where this is the only instance
     */
    public Controllers(
            KubernetesClient client,
            Workplaces workplaces,
            Metrics metrics,
            Optional<LeaderElectionConfiguration> leaderElection) {
        operator = new Operator(overrider -> {
            overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withResourceCloner(new AssetCloner(client.getKubernetesSerialization()::clone))
                    .checkingCRDAndValidateLocalModel(false)
                    .withParseResourceVersions(true)
                    .withPreviousAnnotationForDependentResources(false)
                    .withExecutorService(workplaces.executor())
                    .withReconciliationTerminationTimeout(GRACE)
                    .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(metrics.registry()))
                    .withInformerStoppedHandler((informer, failure) -> endIfFailed(failure));
            leaderElection.ifPresent(overrider::withLeaderElectionConfiguration);
        });
    }

    /**
     * Adds the controller of a kind.
     *
     * @param namespaces those whose resources it reconciles; empty for all
     */
    public <R extends HasMetadata> void register(Reconciler<R> reconciler, Set<String> namespaces) {
        operator.register(reconciler, overrider -> configure(overrider, namespaces));
    }

    private static <R extends HasMetadata> void configure(
            ControllerConfigurationOverrider<R> overrider, Set<String> namespaces) {
        overrider.withRetry(new GenericRetry()
                .setInitialInterval(500)
                .setIntervalMultiplier(2)
                .setMaxInterval(30_000)
                .setMaxAttempts(-1));
        if (!namespaces.isEmpty()) {
            overrider.settingNamespaces(namespaces);
        }
    }

    /**
     * Starts to reconcile, and returns when the caches are filled.
     *
     * @throws IllegalStateException if Kubernetes refuses something that it takes; the message says what
     */
    public void start() {
        try {
            operator.start();
        } catch (OperatorException e) {
            throw new IllegalStateException(
                    "Kubernetes does not let the operator start: "
                            + RootCause.of(e).getMessage(),
                    e);
        }
    }

    public boolean isStarted() {
        return operator.getRuntimeInfo().isStarted();
    }

    /** The resources of all kinds, from the caches; none while another instance leads. */
    public Stream<? extends HasMetadata> resources() {
        return operator.getRegisteredControllers().stream()
                .map(controller -> (Controller<?>) controller)
                .flatMap(controller -> controller
                        .getEventSourceManager()
                        .getControllerEventSource()
                        .list());
    }

    /** Finishes what is under way, for a few seconds at most. */
    public void stop() {
        operator.stop();
    }

    /**
     * Ends the process when a watch has ended for good: from then on the operator would no longer see changes. Kubernetes
     * starts it again.
     *
     * @param failure null when the watch was stopped by us
     */
    public static void endIfFailed(@Nullable Throwable failure) {
        if (failure != null) {
            ProcessEnd.because("a watch ended for good: " + failure.getMessage());
        }
    }
}
