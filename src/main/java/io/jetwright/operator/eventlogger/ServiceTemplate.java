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
        var service = new ServiceBuilder()
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
}
