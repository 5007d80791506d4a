package io.jetwright.it.harness;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;

/** A service account of the installation's namespace, which may do what it was allowed, and nothing else. */
public final class LimitedAccount {
    private final Installation installation;
    private final TestNamespace namespace;
    private final String name;

    public LimitedAccount(Installation installation, String name) {
        this.installation = installation;
        this.namespace = installation.namespace();
        this.name = name;
    }

    /** Allows it all that Jetwright needs, but for Secrets and what EventLoggers consist of; returns the path of a kubeconfig. */
    public String mayUseOurResources() {
        return mayUseOurResources("*");
    }

    /** The same for only these of our resources, by their plurals. */
    public String mayUseOurResources(String... resources) {
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        namespace
                .client()
                .serviceAccounts()
                .inNamespace(namespace.name())
                .resource(account)
                .serverSideApply();
        allow(
                "resources",
                new PolicyRuleBuilder()
                        .withApiGroups("jetwright.io")
                        .withResources(resources)
                        .withVerbs("*")
                        .build());
        allow(
                "events",
                new PolicyRuleBuilder()
                        .withApiGroups("")
                        .withResources("events")
                        .withVerbs("*")
                        .build());
        return installation.kubernetes().kubeconfigOf(namespace.name(), name).toString();
    }

    /** Allows it what every EventLogger consists of. */
    public void mayRunEventLoggers() {
        allow(
                "event-loggers",
                new PolicyRuleBuilder()
                        .withApiGroups("", "apps")
                        .withResources("services", "deployments")
                        .withVerbs("get", "list", "watch", "create", "patch")
                        .build());
    }

    /** Allows it one of the kinds that EventLoggers may ask for. */
    public void mayMake(String group, String resource) {
        allow(
                resource,
                new PolicyRuleBuilder()
                        .withApiGroups(group)
                        .withResources(resource)
                        .withVerbs("get", "list", "watch", "create", "patch", "delete")
                        .build());
    }

    private void allow(String what, PolicyRule rule) {
        String role = name + "-" + what;
        namespace
                .client()
                .rbac()
                .roles()
                .inNamespace(namespace.name())
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .endMetadata()
                        .withRules(rule)
                        .build())
                .serverSideApply();
        namespace
                .client()
                .rbac()
                .roleBindings()
                .inNamespace(namespace.name())
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", role)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(name)
                        .withNamespace(namespace.name())
                        .endSubject()
                        .build())
                .serverSideApply();
    }
}
