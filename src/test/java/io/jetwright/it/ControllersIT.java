package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the controllers do, where a test asks for them: what owned resources of ours rely on. */
class ControllersIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutNats().controllers();

    private final TestNamespace namespace = installation.namespace();

    @Test
    void aDeploymentHasAPodAndTakesItAlong() {
        GenericKubernetesResource deployment = namespace.apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: web
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata:
                      labels: {app: web}
                    spec:
                      terminationGracePeriodSeconds: 0
                      containers: [{name: web, image: nowhere.invalid/web}]
                """);
        eventually(() -> assertThat(pods()).hasSize(1));

        namespace.delete(deployment);

        eventually(() -> assertThat(pods()).isEmpty());
    }

    private List<String> pods() {
        return namespace.client().pods().inNamespace(namespace.name()).list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }
}
