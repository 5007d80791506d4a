package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThatException;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.concurrent.Callable;

/** While it lasts, nobody can write a status in a namespace: what the operator does goes unreported. */
public final class StatusEmbargo {
    private static final String REFUSAL = "no status may be written";

    private final TestNamespace namespace;
    private final List<GenericKubernetesResource> policy;
    private final GenericKubernetesResource probe;

    private StatusEmbargo(TestNamespace namespace) {
        this.namespace = namespace;
        probe = namespace.apply(stream("probe", "suspend: true"));
        policy = TestNamespace.parse("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata:
                  name: %1$s
                spec:
                  matchConstraints:
                    resourceRules:
                      - apiGroups: [jetwright.io]
                        apiVersions: ["*"]
                        operations: [UPDATE]
                        resources: [streams/status, consumers/status]
                  validations:
                    - expression: "false"
                      message: %2$s
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata:
                  name: %1$s
                spec:
                  policyName: %1$s
                  validationActions: [Deny]
                  matchResources:
                    namespaceSelector:
                      matchLabels:
                        kubernetes.io/metadata.name: %1$s
                """.formatted(namespace.name(), REFUSAL));
        policy.forEach(part -> namespace.client().resource(part).create());
        eventually(() -> assertThatException().isThrownBy(this::writeStatus).withMessageContaining(REFUSAL));
    }

    /** What the action returns, when statuses can be written again. */
    public static <T> T during(TestNamespace namespace, Callable<T> action) throws Exception {
        var embargo = new StatusEmbargo(namespace);
        try {
            return action.call();
        } finally {
            embargo.lift();
        }
    }

    private void writeStatus() {
        namespace
                .client()
                .resource(namespace.read(probe))
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"messages\": 1}}");
    }

    private void lift() {
        policy.forEach(part -> namespace.client().resource(part).delete());
        eventually(this::writeStatus);
    }
}
