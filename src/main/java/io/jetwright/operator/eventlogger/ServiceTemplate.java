package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerService;
import io.jetwright.api.ServiceType;

/** The Service of an event logger. */
final class ServiceTemplate {
    private ServiceTemplate() {}

    static Service service(EventLogger logger) {
        EventLoggerService spec = logger.getSpec().service();
        ServiceType type = spec == null || spec.type() == null ? ServiceType.CLUSTER_IP : spec.type();
        return new ServiceBuilder()
                .withMetadata(EventLoggerWorkflow.METADATA.of(logger, spec == null ? null : spec.annotations()))
                .withNewSpec()
                .withType(type.wireName())
                .withSelector(EventLoggerWorkflow.METADATA.podSelector(logger))
                .addNewPort()
                .withName(DeploymentTemplate.HTTP)
                .withPort(logger.getSpec().port())
                .withNewTargetPort(DeploymentTemplate.HTTP)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
    }
}
