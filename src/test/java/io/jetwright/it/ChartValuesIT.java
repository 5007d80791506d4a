package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.jetwright.it.harness.Helm;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart with each feature on and off: what it makes of them is what a real API server takes, to the last field. */
class ChartValuesIT {
    /** Of the Prometheus operator; {@link ForeignResourcesIT} tries them. */
    private static final Set<String> ELSEWHERE = Set.of("ServiceMonitor", "PrometheusRule");

    private static final String EVERYTHING =
            "replicas=2,networkPolicy.enabled=true,serviceMonitor.enabled=true,prometheusRule.enabled=true,dashboard.enabled=true";

    @RegisterExtension
    static final Installation installation = Installation.withoutNats();

    private final TestNamespace namespace = installation.namespace();
    private final Helm helm = Helm.alone();

    private List<GenericKubernetesResource> render(String... settings) {
        return TestNamespace.parse(helm.template("jetwright", namespace.name(), settings));
    }

    private static List<String> kinds(List<GenericKubernetesResource> rendered) {
        return rendered.stream()
                .map(GenericKubernetesResource::getKind)
                .filter(kind -> !kind.equals("CustomResourceDefinition"))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void itHasNothingThatHelmMinds() {
        assertThat(helm.run("lint", "--strict", Helm.CHART)).contains("1 chart(s) linted, 0 chart(s) failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas=1",
                EVERYTHING,
                "crds.keep=false",
                "crds.install=false",
                "rbac.create=false,serviceAccount.create=false,serviceAccount.name=given",
                "rbac.secrets.all=false,rbac.secrets.byNamespace.shop={nats-login}",
                "rbac.namespaces=false,rbac.aggregate=false,clusterId=test",
                "watchNamespaces={shop},nats.defaultConnection=central/nats",
                "eventLogger.enabled=false",
                "leaderElection.enabled=false",
                "nats.credentialsSecret.name=nats-credentials",
                "image.digest=sha256:0123456789012345678901234567890123456789012345678901234567890123",
                "podLabels.team=shop,podAnnotations.a=b,deploymentAnnotations.c=d,commonLabels.e=f,priorityClassName=high",
                "fullnameOverride=another,serviceAccount.annotations.role=arn,imagePullSecrets[0].name=registry",
                "nodeSelector.disk=ssd,tolerations[0].operator=Exists,topologySpreadConstraints[0].maxSkew=1,"
                        + "topologySpreadConstraints[0].topologyKey=zone,topologySpreadConstraints[0].whenUnsatisfiable=DoNotSchedule",
                "extraEnv[0].name=A,extraEnv[0].value=b,extraVolumes[0].name=ca,extraVolumes[0].configMap.name=ca,"
                        + "extraVolumeMounts[0].name=ca,extraVolumeMounts[0].mountPath=/etc/ca",
                "extraObjects[0].apiVersion=v1,extraObjects[0].kind=ConfigMap,extraObjects[0].metadata.name=more,extraObjects[0].metadata.namespace=shop"
            })
    void theApiServerTakesWhatItMakes(String settings) {
        List<GenericKubernetesResource> rendered = render("--set=" + settings);

        assertThat(rendered).isNotEmpty();
        assertThat(rendered)
                .filteredOn(resource -> !ELSEWHERE.contains(resource.getKind()))
                .allSatisfy(this::tryApply);
    }

    /** Role namespaces of the settings do not exist here. */
    private void tryApply(GenericKubernetesResource resource) {
        if (resource.getMetadata().getNamespace() != null) {
            resource.getMetadata().setNamespace(namespace.name());
        }
        assertThat(namespace
                        .client()
                        .resource(resource)
                        .dryRun()
                        .fieldValidation(Validation.STRICT)
                        .fieldManager("helm")
                        .forceConflicts()
                        .serverSideApply())
                .isNotNull();
    }

    @Test
    void whatIsNotAskedForIsNotMade() {
        assertThat(kinds(render()))
                .containsExactly(
                        "ClusterRole",
                        "ClusterRoleBinding",
                        "Deployment",
                        "Role",
                        "RoleBinding",
                        "Service",
                        "ServiceAccount");
        assertThat(kinds(render("--set=" + EVERYTHING)))
                .contains("ConfigMap", "NetworkPolicy", "PodDisruptionBudget", "PrometheusRule", "ServiceMonitor");
        assertThat(kinds(render("--set=rbac.create=false,serviceAccount.create=false,serviceAccount.name=given")))
                .containsExactly("Deployment", "Service");
        assertThat(render("--set=crds.install=false"))
                .extracting(GenericKubernetesResource::getKind)
                .doesNotContain("CustomResourceDefinition");
    }

    @Test
    void customResourceDefinitionsStayUnlessToldOtherwise() {
        assertThat(definitions(render())).hasSize(6).allSatisfy(definition -> assertThat(
                        definition.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep"));
        assertThat(definitions(render("--set=crds.keep=false"))).hasSize(6).allSatisfy(definition -> assertThat(
                        definition.getMetadata().getAnnotations())
                .isNullOrEmpty());
    }

    private static List<GenericKubernetesResource> definitions(List<GenericKubernetesResource> rendered) {
        return rendered.stream()
                .filter(resource -> resource.getKind().equals("CustomResourceDefinition"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    replicas=2,leaderElection.enabled=false | replicas: more than one needs leaderElection.enabled
                    serviceAccount.create=false             | serviceAccount.name: name the service account to use
                    replica=2                               | additional properties 'replica' not allowed
                    watchNamespaces={Shop}                  | watchNamespaces/0
                    resyncInterval=soon                     | resyncInterval
                    nats.defaultConnection=nats             | nats/defaultConnection
                    log.level=loud                          | log/level
                    """)
    void aMistakeIsRefusedByTheNameOfItsValue(String settings, String named) {
        List<String> arguments = new ArrayList<>(List.of("template", "jetwright", Helm.CHART));
        Stream.of("--kube-version=1.36.0", "--set=" + settings).forEach(arguments::add);

        Helm.Result result = helm.tryTo(arguments);

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains(named);
    }
}
