package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.jetwright.docs.Dashboard;
import io.jetwright.it.harness.Helm;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            "replicas=2,deadLetters.replicas=2,networkPolicy.enabled=true,serviceMonitor.enabled=true,prometheusRule.enabled=true,dashboard.enabled=true";

    /** Which is 1 MiB with all that is in it. */
    private static final int LARGEST_CONFIG_MAP = 1_000_000;

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
                "eventLogger.enabled=true,eventLogger.allowedImages={a:1,registry.example/team/*}",
                "leaderElection.enabled=false",
                "nats.credentialsSecret.name=nats-credentials",
                "deadLetters.credentialsSecret.name=relay,deadLetters.captureStream=ADVISORIES",
                "deadLetters.enabled=false",
                "replicas=2,podDisruptionBudget.maxUnavailable=1",
                "enabled=true",
                "networkPolicy.enabled=true,networkPolicy.natsPorts=null",
                "podSecurityContext.runAsUser=null,podSecurityContext.runAsGroup=null,podSecurityContext.fsGroup=null",
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

    /** That of the operator. */
    private GenericKubernetesResource only(String kind, String... settings) {
        return render(settings).stream()
                .filter(resource -> resource.getKind().equals(kind))
                .filter(resource -> !isOfTheRelay(resource))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOfTheRelay(GenericKubernetesResource resource) {
        return resource.getMetadata().getName().contains("dead-letters");
    }

    @Test
    void withoutTheRelayOfDeadLettersNothingIsMadeForIt() {
        assertThat(render("--set=" + EVERYTHING)).anyMatch(ChartValuesIT::isOfTheRelay);
        assertThat(render("--set=deadLetters.enabled=false," + EVERYTHING)).noneMatch(ChartValuesIT::isOfTheRelay);
    }

    /** What selects the pods of the one must not select those of the other. */
    @Test
    void theRelayHasPodsOfItsOwn() {
        List<Map<String, String>> selectors = render().stream()
                .filter(resource -> resource.getKind().equals("Deployment"))
                .map(resource -> resource.<Map<String, String>>get("spec", "selector", "matchLabels"))
                .toList();
        assertThat(selectors)
                .hasSize(2)
                .extracting(labels -> labels.get("app.kubernetes.io/name"))
                .doesNotHaveDuplicates();
    }

    @Test
    void emptyPortsLetOutToAnyPort() {
        String enabled = "--set=networkPolicy.enabled=true";
        assertThat(only("NetworkPolicy", enabled).<List<Object>>get("spec", "egress"))
                .hasSize(2)
                .doesNotContain(Map.of());
        for (String ports : List.of("natsPorts", "apiServerPorts")) {
            assertThat(only("NetworkPolicy", enabled, "--set-json=networkPolicy." + ports + "=[]")
                            .<List<Object>>get("spec", "egress"))
                    .contains(Map.of());
        }
    }

    @Test
    void aDisruptionBudgetSaysHowManyMayBeAwayWhereItIsAsked() {
        GenericKubernetesResource budget =
                only("PodDisruptionBudget", "--set=replicas=3,podDisruptionBudget.maxUnavailable=50%");
        assertThat(budget.<String>get("spec", "maxUnavailable")).isEqualTo("50%");
        assertThat(budget.<Object>get("spec", "minAvailable")).isNull();
    }

    /** As OpenShift's restricted-v2 wants it. */
    @Test
    void usersAndGroupsCanBeLeftToTheCluster() {
        Map<String, Object> context = only(
                        "Deployment",
                        "--set=podSecurityContext.runAsUser=null,podSecurityContext.runAsGroup=null,podSecurityContext.fsGroup=null")
                .get("spec", "template", "spec", "securityContext");
        assertThat(context)
                .doesNotContainKeys("runAsUser", "runAsGroup", "fsGroup")
                .containsEntry("runAsNonRoot", true);
    }

    /** What is the cluster's has one name in it. */
    @Test
    void releasesOfOneNameInTwoNamespacesHaveNothingInCommon() {
        assertThat(clusterWide("team-a")).isNotEmpty().doesNotContainAnyElementsOf(clusterWide("team-b"));
        assertThat(clusterWide("a-b", "c")).doesNotContainAnyElementsOf(clusterWide("a", "b-c"));
        assertThat(clusterWide("a")).doesNotContainAnyElementsOf(clusterWide("a", "jetwright-view"));
    }

    private List<String> clusterWide(String in) {
        return clusterWide(in, "jetwright");
    }

    private List<String> clusterWide(String in, String release) {
        return TestNamespace.parse(helm.template(release, in, "--set=crds.install=false,watchNamespaces={" + in + "}"))
                .stream()
                .filter(resource -> resource.getMetadata().getNamespace() == null)
                .map(resource ->
                        resource.getKind() + " " + resource.getMetadata().getName())
                .toList();
    }

    @Test
    void eventLoggersPullTheImageAsTheOperatorDoes() {
        assertThat(only(
                                "Deployment",
                                "--set=image.pullPolicy=Always,imagePullSecrets[0].name=one,imagePullSecrets[1].name=two")
                        .toString())
                .contains("name=IMAGE_PULL_POLICY, value=Always", "name=IMAGE_PULL_SECRETS, value=one,two");
    }

    @Test
    void eventLoggersAreRunOnlyWhereTheyAreWanted() {
        assertThat(render().toString())
                .contains("name=EVENT_LOGGER_ENABLED, value=false")
                .doesNotContain("EVENT_LOGGER_ALLOWED_IMAGES", "resources=[deployments]", "poddisruptionbudgets");
        assertThat(render("--set=eventLogger.enabled=true,eventLogger.allowedImages={a:1,registry.example/team/*}")
                        .toString())
                .contains(
                        "name=EVENT_LOGGER_ENABLED, value=true",
                        "name=EVENT_LOGGER_ALLOWED_IMAGES, value=a:1,registry.example/team/*",
                        "resources=[deployments]",
                        "poddisruptionbudgets");
    }

    @Test
    void releasesOfOneNamespaceHaveALeaseEach() {
        for (String release : List.of("jetwright", "another")) {
            List<GenericKubernetesResource> rendered = TestNamespace.parse(helm.template(release, "jetwright"));
            String name = release.equals("jetwright") ? "jetwright" : "another-jetwright";
            assertThat(rendered.toString()).contains("name=LEADER_ELECTION_LEASE, value=" + name);
            assertThat(rendered)
                    .filteredOn(resource -> resource.getKind().equals("Role") && !isOfTheRelay(resource))
                    .singleElement()
                    .asString()
                    .contains("resourceNames=[" + name + "]");
        }
    }

    /** Grafana's sidecar takes each key of them for a file. */
    @Test
    void eachDashboardIsAConfigMapThatTheSidecarFinds() throws IOException {
        List<GenericKubernetesResource> maps = render(
                        "--set=dashboard.enabled=true,dashboard.annotations.grafana_folder=NATS,dashboard.labels.team=shop")
                .stream()
                .filter(resource -> resource.getKind().equals("ConfigMap"))
                .toList();

        assertThat(maps)
                .extracting(map -> map.getMetadata().getName())
                .containsExactlyElementsOf(Dashboard.all().stream()
                        .map(dashboard -> "jetwright-dashboard-" + dashboard.name())
                        .toList());
        for (GenericKubernetesResource map : maps) {
            assertThat(map.getMetadata().getLabels())
                    .containsEntry("grafana_dashboard", "1")
                    .containsEntry("team", "shop");
            assertThat(map.getMetadata().getAnnotations()).containsEntry("grafana_folder", "NATS");
            String name = map.getMetadata().getName().replace("jetwright-dashboard-", "") + ".json";
            String file = Files.readString(Dashboard.FOLDER.resolve(name));
            assertThat(map.<Map<String, String>>get("data"))
                    .containsExactlyEntriesOf(Map.of("jetwright-" + name, file));
            assertThat(file).hasSizeLessThan(LARGEST_CONFIG_MAP);
        }
    }

    @Test
    void customResourceDefinitionsStayUnlessToldOtherwise() {
        assertThat(definitions(render())).hasSize(7).allSatisfy(definition -> assertThat(
                        definition.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep"));
        assertThat(definitions(render("--set=crds.keep=false"))).hasSize(7).allSatisfy(definition -> assertThat(
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
                    metricsInterval=often                   | metricsInterval
                    nats.defaultConnection=nats             | nats/defaultConnection
                    eventLogger.allowedImages={a*b}         | eventLogger/allowedImages/0
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
