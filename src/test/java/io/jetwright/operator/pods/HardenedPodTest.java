package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HardenedPodTest {
    private static final PodAccess ACCESS = new PodAccess(
            List.of(new EnvVar("NATS_URL", "nats://nats:4222", null)),
            List.of(new VolumeBuilder().withName("nats-credentials").build()),
            List.of(new VolumeMountBuilder().withName("nats-credentials").build()),
            List.of(4222),
            "fingerprint");

    private static final PodAccess ACCESS_WITHOUT_SECRETS =
            new PodAccess(List.of(), List.of(), List.of(), List.of(4222), "");

    private static PodTemplateSpec harden(PodAccess access, String given) {
        return HardenedPod.of(
                Archiver.named("orders"),
                Archiver.METADATA,
                access,
                Serialization.unmarshal("--- " + given, PodTemplateSpec.class));
    }

    private static PodTemplateSpec hardenContainer(String given) {
        return harden(ACCESS, "{spec: {containers: [{name: archiver, %s}]}}".formatted(given));
    }

    private static Container container(PodTemplateSpec pod) {
        return pod.getSpec().getContainers().getFirst();
    }

    @Test
    void withoutSecurityContextsItRunsWithAsFewRightsAsPossible() {
        PodTemplateSpec pod = hardenContainer("");
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
        var podSecurity = pod.getSpec().getSecurityContext();
        assertThat(podSecurity.getRunAsNonRoot()).isTrue();
        assertThat(podSecurity.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        var security = container(pod).getSecurityContext();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    }

    @Test
    void whatSecurityContextsSayStays() {
        PodTemplateSpec pod = harden(ACCESS, """
                {spec: {
                  securityContext: {runAsNonRoot: false, fsGroup: 7, seccompProfile: {type: Unconfined}},
                  containers: [{name: archiver, securityContext: {
                    readOnlyRootFilesystem: false, allowPrivilegeEscalation: true, capabilities: {add: [CHOWN]}}}]}}
                """);
        var podSecurity = pod.getSpec().getSecurityContext();
        assertThat(podSecurity.getRunAsNonRoot()).isFalse();
        assertThat(podSecurity.getFsGroup()).isEqualTo(7);
        assertThat(podSecurity.getSeccompProfile().getType()).isEqualTo("Unconfined");
        var security = container(pod).getSecurityContext();
        assertThat(security.getReadOnlyRootFilesystem()).isFalse();
        assertThat(security.getAllowPrivilegeEscalation()).isTrue();
        assertThat(security.getCapabilities().getAdd()).containsExactly("CHOWN");
        assertThat(security.getCapabilities().getDrop()).isEmpty();
    }

    @Test
    void theAccessToNatsComesBeforeWhatIsGiven() {
        PodTemplateSpec pod = harden(ACCESS, """
                {spec: {
                  volumes: [{name: data}],
                  containers: [{name: archiver, env: [{name: A, value: b}], volumeMounts: [{name: data, mountPath: /data}]}]}}
                """);
        assertThat(pod.getSpec().getVolumes())
                .extracting(Volume::getName)
                .containsExactly("tmp", "nats-credentials", "data");
        assertThat(container(pod).getVolumeMounts())
                .extracting(VolumeMount::getName)
                .containsExactly("tmp", "nats-credentials", "data");
        assertThat(container(pod).getEnv()).extracting(EnvVar::getName).containsExactly("NATS_URL", "A");
    }

    @Test
    void theLabelsAndAnnotationsOfJetwrightReplaceGivenOnes() {
        PodTemplateSpec pod = harden(ACCESS, """
                {metadata: {
                  labels: {team: a, app.kubernetes.io/name: other},
                  annotations: {note: b, jetwright.io/secrets: other}}, spec: {}}
                """);
        assertThat(pod.getMetadata().getLabels())
                .containsOnly(
                        entry("team", "a"),
                        entry("app.kubernetes.io/name", "archiver"),
                        entry("app.kubernetes.io/instance", "orders"),
                        entry("app.kubernetes.io/managed-by", "jetwright"));
        assertThat(pod.getMetadata().getAnnotations())
                .containsOnly(entry("note", "b"), entry("jetwright.io/secrets", "fingerprint"));
    }

    @Test
    void withoutSecretsThereIsNoFingerprint() {
        assertThat(harden(ACCESS_WITHOUT_SECRETS, "{spec: {}}").getMetadata().getAnnotations())
                .isEmpty();
    }

    @Test
    void resourcesThatAreOmittedGetDefaults() {
        var defaults = container(hardenContainer("")).getResources();
        assertThat(defaults.getRequests()).hasToString("{cpu=50m, memory=160Mi}");
        assertThat(defaults.getLimits()).hasToString("{memory=320Mi}");
        var given = container(hardenContainer("resources: {limits: {cpu: 1}}")).getResources();
        assertThat(given.getRequests()).isEmpty();
        assertThat(given.getLimits()).hasToString("{cpu=1}");
    }

    @Test
    void podsAreSpreadAmongThoseOfTheirOwnerUnlessASelectorSaysOtherwise() {
        var constraints = harden(ACCESS, """
                        {spec: {topologySpreadConstraints: [
                          {topologyKey: zone}, {topologyKey: host, labelSelector: {matchLabels: {a: b}}}]}}
                        """).getSpec().getTopologySpreadConstraints();
        assertThat(constraints.getFirst().getLabelSelector().getMatchLabels())
                .isEqualTo(Archiver.METADATA.podSelector(Archiver.named("orders")));
        assertThat(constraints.getLast().getLabelSelector().getMatchLabels()).isEqualTo(Map.of("a", "b"));
    }
}
