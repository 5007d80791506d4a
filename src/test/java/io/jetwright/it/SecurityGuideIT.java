package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.eventLogger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.docs.DocumentedYaml;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The admission policy of docs/guides/security.md, as it stands there. */
class SecurityGuideIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutNats().ownApiServer();

    private final TestNamespace namespace = installation.namespace();

    private static List<GenericKubernetesResource> policy() {
        return DocumentedYaml.resources().stream()
                .filter(yaml -> yaml.where().contains("security.md"))
                .flatMap(yaml -> TestNamespace.parse(yaml.text()).stream())
                .filter(resource -> resource.getKind().startsWith("ValidatingAdmissionPolicy"))
                .toList();
    }

    private void tryCreate(String spec) {
        namespace.tryCreate(TestNamespace.parse(eventLogger("log", "{streamName: A%s}".formatted(spec)))
                .get(0));
    }

    private void assertRefused(String spec, String message) {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> tryCreate(spec))
                .withMessageContaining(message);
    }

    @Test
    void whatItFencesIsRefusedAtApplyAndAllElseIsNot() {
        tryCreate(", image: another");
        assertThat(policy())
                .hasSize(2)
                .allSatisfy(resource -> namespace.client().resource(resource).create());

        eventually(() -> assertRefused(", image: another", "spec.image: leave it out"));
        String secret = "valueFrom: {secretKeyRef: {name: bank, key: password}}";
        assertRefused(", env: [{name: A, %s}]".formatted(secret), "spec.env: values from Secrets are not allowed");
        assertRefused(", securityContext: {privileged: true}", "no more privileges");
        assertRefused(", securityContext: {capabilities: {add: [SYS_ADMIN]}}", "no more privileges");
        assertRefused(", securityContext: {allowPrivilegeEscalation: true}", "no more privileges");
        assertRefused(", podSecurityContext: {runAsUser: 0}", "no more privileges");
        assertRefused(", securityContext: {runAsNonRoot: false}", "no more privileges");
        assertThatNoException()
                .isThrownBy(
                        () -> tryCreate(
                                ", env: [{name: A, value: b}, {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}], securityContext: {runAsUser: 1000}"));
    }
}
