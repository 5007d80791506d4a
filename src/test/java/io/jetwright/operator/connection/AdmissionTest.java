package io.jetwright.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionSpec;
import io.jetwright.status.Reason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
    private static final String ALLOWING_BY_LABEL = "{selector: {matchLabels: {tenant: shop}}}";

    private static Connection connection(String allowed) {
        var connection = new Connection();
        connection.setMetadata(new ObjectMetaBuilder()
                .withNamespace("nats")
                .withName("central")
                .build());
        connection.setSpec(Serialization.unmarshal(
                "--- {servers: [a], allowedNamespaces: " + allowed + "}", ConnectionSpec.class));
        return connection;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            null                                                                          | nats  | true
            null                                                                          | shop  | false
            {names: [shop]}                                                               | shop  | true
            {names: [shop]}                                                               | shops | false
            {names: ["*"]}                                                                | shops | true
            {selector: {matchLabels: {tenant: shop}}}                                     | shop  | true
            {selector: {matchLabels: {tenant: bank}}}                                     | shop  | false
            {selector: {matchLabels: {tenant: shop, stage: test}}}                        | shop  | true
            {selector: {matchLabels: {tenant: shop, stage: production}}}                  | shop  | false
            {selector: {matchLabels: {tenant: bank}}, names: [shop]}                      | shop  | true
            {selector: {}}                                                                | shop  | true
            {selector: {matchExpressions: [{key: tenant, operator: In, values: [shop]}]}} | shop  | true
            {selector: {matchExpressions: [{key: tenant, operator: In, values: [bank]}]}} | shop  | false
            {selector: {matchExpressions: [{key: other, operator: In, values: [bank]}]}}  | shop  | false
            {selector: {matchExpressions: [{key: tenant, operator: NotIn, values: [bank]}]}} | shop | true
            {selector: {matchExpressions: [{key: tenant, operator: NotIn, values: [shop]}]}} | shop | false
            {selector: {matchExpressions: [{key: other, operator: NotIn, values: [shop]}]}}  | shop | true
            {selector: {matchExpressions: [{key: tenant, operator: Exists}]}}             | shop  | true
            {selector: {matchExpressions: [{key: other, operator: Exists}]}}              | shop  | false
            {selector: {matchExpressions: [{key: tenant, operator: DoesNotExist}]}}       | shop  | false
            {selector: {matchExpressions: [{key: other, operator: DoesNotExist}]}}        | shop  | true
            {selector: {matchExpressions: [{key: tenant, operator: Gt, values: ["1"]}]}}  | shop  | false
            """)
    void whoMayUseAConnection(String allowed, String namespace, boolean may) {
        Optional<Route> obstacle = Admission.obstacle(
                connection(allowed),
                namespace,
                name -> new NamespaceLabels.Known(Map.of("tenant", "shop", "stage", "test")));
        assertThat(obstacle.isEmpty()).isEqualTo(may);
        assertThat(obstacle.stream()).allSatisfy(route -> assertThat(route)
                .isEqualTo(new Route.Closed(
                        Reason.NAMESPACE_NOT_ALLOWED,
                        "the Connection central in namespace nats does not allow namespace %s: add it to its spec.allowedNamespaces, or name another Connection"
                                .formatted(namespace))));
    }

    @Test
    void whoMayNotReadLabelsSaysWhichPermissionIsMissing() {
        assertThat(Admission.obstacle(
                        connection(ALLOWING_BY_LABEL),
                        "shop",
                        name -> new NamespaceLabels.Forbidden("list namespaces")))
                .contains(
                        new Route.Closed(
                                Reason.FORBIDDEN,
                                "the operator may not list namespaces, which spec.allowedNamespaces.selector of the Connection central needs: give it list and watch by a ClusterRole and a ClusterRoleBinding"));
    }

    @Test
    void labelsThatAreBeingReadAreWaitedFor() {
        assertThat(Admission.obstacle(connection(ALLOWING_BY_LABEL), "shop", name -> new NamespaceLabels.Unread()))
                .contains(new Route.Pending());
    }

    @Test
    void labelsAreNotReadUnlessTheyMakeADifference() {
        assertThat(Admission.obstacle(connection("{selector: {}, names: [shop]}"), "shop", name -> {
                    throw new AssertionError("read");
                }))
                .isEmpty();
    }
}
