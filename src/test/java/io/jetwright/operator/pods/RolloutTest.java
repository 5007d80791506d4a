package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {
    private static Deployment deployment(String spec, String status) {
        return Serialization.unmarshal(
                "kind: Deployment\nmetadata: {name: app, namespace: shop, generation: 2}\nspec: %s\nstatus: %s\n"
                        .formatted(spec, status),
                Deployment.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}            | null                                                                                | DEPLOYMENT_NOT_READY | its Deployment is being rolled out
            {}            | {observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1}      | DEPLOYMENT_NOT_READY | its Deployment is being rolled out
            {}            | {observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1}      | AVAILABLE            | 1 of 1 pods are ready
            {replicas: 2} | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 1}      | DEPLOYMENT_NOT_READY | 1 of 2 pods are ready
            {replicas: 1} | {observedGeneration: 2, replicas: 2, updatedReplicas: 1, availableReplicas: 2}      | DEPLOYMENT_NOT_READY | 1 of 1 pods are ready, and older ones are replaced
            {replicas: 0} | {observedGeneration: 2, replicas: 1}                                                | DEPLOYMENT_NOT_READY | 0 of 0 pods are ready, and older ones are replaced
            {replicas: 0} | {observedGeneration: 2}                                                             | AVAILABLE            | no pods run, as replicas: 0 asks for
            """)
    void itIsAvailableWhenAllPodsOfTheCurrentGenerationAreAndNoOthersAreLeft(
            String spec, String status, Reason reason, String message) {
        assertThat(Rollout.assess(deployment(spec, status))).isEqualTo(new Assessment(reason, message));
    }

    @Test
    void thatPodsCannotBeCreatedIsToldBeforeThatTheyDoNotGetReady() {
        var deployment = deployment("{}", """
                {observedGeneration: 2, conditions: [
                  {type: Progressing, status: "False", message: timed out},
                  {type: ReplicaFailure, status: "True", message: exceeded quota}]}
                """);
        assertThat(Rollout.assess(deployment))
                .isEqualTo(new Assessment(
                        Reason.DEPLOYMENT_FAILED,
                        "0 of 1 pods are ready, and older ones are replaced: exceeded quota"));
    }

    @Test
    void thatPodsDoNotGetReadyIsToldWithTheCommandThatSaysWhy() {
        var deployment = deployment("{}", """
                {observedGeneration: 2, replicas: 1, updatedReplicas: 1, conditions: [
                  {type: Progressing, status: "False", message: ReplicaSet "app-1" has timed out progressing.}]}
                """);
        assertThat(Rollout.assess(deployment))
                .isEqualTo(
                        new Assessment(
                                Reason.DEPLOYMENT_FAILED,
                                "0 of 1 pods are ready: ReplicaSet \"app-1\" has timed out progressing. (kubectl describe pods --namespace shop --selector app.kubernetes.io/instance=app says why)"));
    }

    @Test
    void aDeploymentThatIsNotThereYetIsBeingCreated() {
        assertThat(Rollout.assess(null))
                .isEqualTo(new Assessment(Reason.DEPLOYMENT_NOT_READY, "its Deployment is being created"));
    }

    @Test
    void countsThatKubernetesOmitsAreItsDefaults() {
        assertThat(Rollout.desiredReplicas(deployment("{}", "null"))).isEqualTo(1);
        assertThat(Rollout.desiredReplicas(deployment("{replicas: 3}", "null"))).isEqualTo(3);
        assertThat(Rollout.replicas(deployment("{replicas: 3}", "null"))).isZero();
        assertThat(Rollout.replicas(deployment("{replicas: 1}", "{replicas: 2}")))
                .isEqualTo(2);
        assertThat(Rollout.readyReplicas(deployment("{}", "null"))).isZero();
        assertThat(Rollout.readyReplicas(deployment("{}", "{readyReplicas: 2}")))
                .isEqualTo(2);
    }
}
