package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerIngress;
import java.util.Optional;

/** The Ingress of an event logger. */
final class IngressTemplate {
    private IngressTemplate() {}

    /** Empty where there is to be none. */
    static Optional<Ingress> ingress(EventLogger logger) {
        EventLoggerIngress spec = logger.getSpec().ingress();
        return spec == null || !logger.getSpec().hasIngress() ? Optional.empty() : Optional.of(ingress(logger, spec));
    }

    private static Ingress ingress(EventLogger logger, EventLoggerIngress spec) {
        var ingress = new IngressBuilder()
                .withMetadata(EventLoggerWorkflow.METADATA.of(logger, spec.annotations()))
                .withNewSpec()
                .withIngressClassName(spec.className())
                .addNewRule()
                .withHost(spec.host())
                .withNewHttp()
                .addNewPath()
                .withPath(path(spec))
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(logger.getMetadata().getName())
                .withNewPort()
                .withName(DeploymentTemplate.HTTP)
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .endRule()
                .endSpec();
        if (spec.tlsSecretName() != null) {
            var tls = ingress.editSpec().addNewTl().withSecretName(spec.tlsSecretName());
            if (spec.host() != null) {
                tls.withHosts(spec.host());
            }
            tls.endTl().endSpec();
        }
        return ingress.build();
    }

    private static String path(EventLoggerIngress spec) {
        return spec.path() == null ? "/" : spec.path();
    }
}
