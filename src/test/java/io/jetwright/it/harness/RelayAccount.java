package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * The service account that the chart gives the relay of dead letters, with the rights that the chart gives it and no others. What
 * belongs to no namespace stays for the next test.
 */
final class RelayAccount {
    private RelayAccount() {}

    /** Creates it, and returns the path of a kubeconfig for it. */
    static String kubeconfig(Kubernetes kubernetes, TestNamespace namespace) {
        List<GenericKubernetesResource> rendered = ChartAccount.renderRelay(namespace.name(), namespace.name());
        for (HasMetadata resource : rendered) {
            namespace
                    .client()
                    .resource(resource)
                    .fieldManager("test")
                    .forceConflicts()
                    .serverSideApply();
        }
        String account = rendered.stream()
                .filter(resource -> resource.getKind().equals("ServiceAccount"))
                .findFirst()
                .orElseThrow()
                .getMetadata()
                .getName();
        String kubeconfig = kubernetes.kubeconfigOf(namespace.name(), account).toString();
        eventually(() -> assertThat(ChartAccount.mayList(kubeconfig, namespace.name(), "consumers"))
                .isTrue());
        return kubeconfig;
    }
}
