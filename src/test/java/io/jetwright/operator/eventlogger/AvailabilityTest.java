package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Consumer;
import io.jetwright.api.EventLogger;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {
    private static final String READY_CONSUMER =
            "{observedGeneration: 1, conditions: [{type: Ready, status: \"True\", reason: InSync, message: \"\"}]}";

    private static Consumer consumer(String status) {
        return Serialization.unmarshal(
                "kind: Consumer\nmetadata: {name: log, generation: 1}\nspec: {}\nstatus: %s\n".formatted(status),
                Consumer.class);
    }

    private static Deployment deployment(@Nullable Integer replicas, String status) {
        return Serialization.unmarshal(
                "kind: Deployment\nmetadata: {name: log, namespace: shop, generation: 2}\nspec: {replicas: %s}\nstatus: %s\n"
                        .formatted(replicas, status),
                Deployment.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            null                                                                                            | CONSUMER_NOT_READY | its Consumer log is being reconciled
            {observedGeneration: 0, conditions: [{type: Ready, status: "True", reason: InSync}]}            | CONSUMER_NOT_READY | its Consumer log is being reconciled
            {observedGeneration: 1, conditions: [{type: Ready, status: "False", reason: StreamNotReady, message: no stream}]} | STREAM_NOT_READY | its Consumer log is not Ready: no stream
            {observedGeneration: 1, conditions: [{type: Ready, status: "False", reason: Conflict, message: taken}]} | CONFLICT | its Consumer log is not Ready: taken
            {observedGeneration: 1, conditions: [{type: Ready, status: Unknown, reason: Suspended, message: ""}]} | CONSUMER_NOT_READY | its Consumer log is not Ready: Suspended
            """)
    void withoutItsConsumerItIsNotReady(String status, Reason reason, String message) {
        assertThat(Availability.ofPods(consumer(status), null)).isEqualTo(new Assessment(reason, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | null | DEPLOYMENT_NOT_READY | its Deployment is being rolled out
            2 | {observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2} | DEPLOYMENT_NOT_READY | its Deployment is being rolled out
            2 | {observedGeneration: 2} | DEPLOYMENT_NOT_READY | 0 of 2 pods are ready, and older ones are replaced
            2 | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 1} | DEPLOYMENT_NOT_READY | 1 of 2 pods are ready
            2 | {observedGeneration: 2, replicas: 3, updatedReplicas: 1, availableReplicas: 2} | DEPLOYMENT_NOT_READY | 2 of 2 pods are ready, and older ones are replaced
            2 | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, conditions: [{type: Progressing, status: "False", message: timed out}]} | DEPLOYMENT_FAILED | 0 of 2 pods are ready: timed out (kubectl describe pods --namespace shop --selector app.kubernetes.io/instance=log says why)
            2 | {observedGeneration: 2, conditions: [{type: ReplicaFailure, status: "True", message: exceeded quota}]} | DEPLOYMENT_FAILED | 0 of 2 pods are ready, and older ones are replaced: exceeded quota
            2 | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2} | AVAILABLE | 2 of 2 pods are ready
            0 | {observedGeneration: 2} | AVAILABLE | no pods run, as replicas: 0 asks for
            """)
    void itIsReadyWhenAllPodsOfThisGenerationAreAndNoOthersAreLeft(
            int replicas, String status, Reason reason, String message) {
        assertThat(Availability.ofPods(consumer(READY_CONSUMER), deployment(replicas, status)))
                .isEqualTo(new Assessment(reason, message));
    }

    @Test
    void whatIsNotThereYetIsBeingCreated() {
        assertThat(Availability.ofPods(null, null).reason()).isEqualTo(Reason.CONSUMER_NOT_READY);
        assertThat(Availability.ofPods(consumer(READY_CONSUMER), null).reason()).isEqualTo(Reason.DEPLOYMENT_NOT_READY);
    }

    @Test
    void itsHttpRouteIsLookedAtWhenItsPodsAreReady() {
        EventLogger logger = Serialization.unmarshal("""
                kind: EventLogger
                metadata: {name: log, namespace: shop}
                spec: {streamName: A, httpRoute: {enabled: true, parentRefs: [{name: public}]}}
                """, EventLogger.class);
        String rolledOut = "{observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: %d}";
        Consumer ready = consumer(READY_CONSUMER);

        assertThat(Availability.of(logger, new Actual(ready, deployment(1, rolledOut.formatted(0)), null, null, null))
                        .reason())
                .isEqualTo(Reason.DEPLOYMENT_NOT_READY);
        assertThat(Availability.of(logger, new Actual(ready, deployment(1, rolledOut.formatted(1)), null, null, null))
                        .reason())
                .isEqualTo(Reason.HTTP_ROUTE_NOT_READY);
    }
}
