package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;

/** A service account with what the relay of dead letters needs in Kubernetes, and nothing else. */
final class RelayAccount {
    private static final String NAME = "dead-letters";

    private RelayAccount() {}

    /** Creates it, and returns the path of a kubeconfig for it. */
    static String kubeconfig(Kubernetes kubernetes, TestNamespace namespace) {
        var client = namespace.client();
        client.serviceAccounts()
                .inNamespace(namespace.name())
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.rbac()
                .roles()
                .inNamespace(namespace.name())
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withRules(rules())
                        .build())
                .serverSideApply();
        client.rbac()
                .roleBindings()
                .inNamespace(namespace.name())
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", NAME)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(NAME)
                        .withNamespace(namespace.name())
                        .endSubject()
                        .build())
                .serverSideApply();
        String kubeconfig = kubernetes.kubeconfigOf(namespace.name(), NAME).toString();
        eventually(() -> assertThat(ChartAccount.mayList(kubeconfig, namespace.name(), "consumers"))
                .isTrue());
        return kubeconfig;
    }

    private static List<PolicyRule> rules() {
        return List.of(
                rule("jetwright.io", List.of("connections", "consumers", "streams"), "list", "watch"),
                rule("jetwright.io", List.of("consumers/status"), "patch"),
                rule("jetwright.io", List.of("redrives"), "list", "watch", "get", "delete"),
                rule("jetwright.io", List.of("redrives/status"), "patch"),
                rule("", List.of("secrets"), "list", "watch"),
                rule("", List.of("events"), "create", "get", "patch", "update"),
                rule("coordination.k8s.io", List.of("leases"), "create", "get", "patch"));
    }

    private static PolicyRule rule(String group, List<String> resources, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }
}
