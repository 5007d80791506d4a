package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerService;
import io.jetwright.api.EventLoggerStatus;
import io.jetwright.api.ServiceType;
import io.jetwright.operator.pods.Rollout;
import io.jetwright.status.Conditions;
import io.jetwright.status.Truth;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The Service of an event logger. */
final class ServiceTemplate {
    /** How long no pod may be ready before the Service leads to pods that are not: about as long as a pod takes to start. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private ServiceTemplate() {}

    /** The Service at a time; a pure function. */
    static Service service(EventLogger logger, Instant now) {
        EventLoggerService spec = logger.getSpec().service();
        ServiceType type = spec == null || spec.type() == null ? ServiceType.CLUSTER_IP : spec.type();
        var service = new ServiceBuilder()
                .withMetadata(EventLoggerWorkflow.METADATA.of(logger, spec == null ? null : spec.annotations()))
                .withNewSpec()
                .withType(type.wireName())
                .withSelector(EventLoggerWorkflow.METADATA.podSelector(logger))
                .withPublishNotReadyAddresses(isPageCutOff(logger, now) ? true : null)
                .addNewPort()
                .withName(DeploymentTemplate.HTTP)
                .withPort(logger.getSpec().port())
                .withNewTargetPort(DeploymentTemplate.HTTP)
                .withProtocol("TCP")
                .endPort()
                .endSpec();
        return (type == ServiceType.CLUSTER_IP ? withManagementPort(service, logger) : service).build();
    }

    /** A Service of another type is reached from outside of the cluster. */
    private static ServiceBuilder withManagementPort(ServiceBuilder service, EventLogger logger) {
        return service.editSpec()
                .addNewPort()
                .withName(DeploymentTemplate.MANAGEMENT)
                .withPort(logger.getSpec().managementPort())
                .withNewTargetPort(DeploymentTemplate.MANAGEMENT)
                .withProtocol("TCP")
                .endPort()
                .endSpec();
    }

    /**
     * Whether nobody could reach the page although pods run: none is ready, and has not been for a while. Then the page says what is
     * missing. While one is ready, requests go to no other, neither to those that start nor to those that end.
     */
    static boolean isPageCutOff(EventLogger logger, Instant now) {
        EventLoggerStatus status = logger.getStatus();
        return status != null
                && count(status.replicas()) > 0
                && count(status.readyReplicas()) == 0
                && Conditions.find(status.conditions(), "Ready")
                        .filter(ready -> Truth.FALSE.word().equals(ready.getStatus()))
                        .map(ready -> Instant.parse(ready.getLastTransitionTime()))
                        .filter(since -> !since.plus(GRACE).isAfter(now))
                        .isPresent();
    }

    /** Whether the Service stays as it is for as long as the pods do. */
    static boolean isSettled(Actual actual) {
        boolean isReady = actual.deployment() != null && Rollout.readyReplicas(actual.deployment()) > 0;
        boolean leadsToAll = actual.service() != null
                && Boolean.TRUE.equals(actual.service().getSpec().getPublishNotReadyAddresses());
        return isReady && !leadsToAll;
    }

    private static int count(@Nullable Integer replicas) {
        return replicas == null ? 0 : replicas;
    }
}
