package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.EventLogger;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTemplateTest {
    private static final Instant SINCE = Instant.parse("2026-02-13T08:19:35Z");

    private static EventLogger logger(String status) {
        return Serialization.unmarshal("""
                apiVersion: jetwright.io/v1beta1
                kind: EventLogger
                metadata: {name: log, namespace: shop}
                spec: {streamName: EVENTS}
                status: {%s}
                """.formatted(status), EventLogger.class);
    }

    private static String status(int replicas, int ready, String isReady) {
        return "replicas: %d, readyReplicas: %d, conditions: [{type: Ready, status: \"%s\", lastTransitionTime: \"%s\"}]"
                .formatted(replicas, ready, isReady, SINCE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, False, 10, true",
        "3, 0, False, 3600, true",
        // pods that start
        "1, 0, False, 9, false",
        // one is ready, and gets all requests
        "3, 1, False, 3600, false",
        "3, 3, True, 3600, false",
        "1, 0, Unknown, 3600, false",
        // there are none
        "0, 0, False, 3600, false"
    })
    void leadsToPodsThatAreNotReadyWhileNoneIs(int replicas, int ready, String isReady, int seconds, boolean leads) {
        EventLogger logger = logger(status(replicas, ready, isReady));

        assertThat(ServiceTemplate.service(logger, SINCE.plusSeconds(seconds))
                        .getSpec()
                        .getPublishNotReadyAddresses())
                .isEqualTo(leads ? true : null);
    }

    @Test
    void beforeTheFirstReportItLeadsToReadyPodsAlone() {
        assertThat(ServiceTemplate.isPageCutOff(logger(""), SINCE.plusSeconds(3600)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, false, true", "1, true, false", "0, false, false", "0, true, false"})
    void isLookedAtAgainUntilAPodIsReadyAndItLeadsToNoOthers(int ready, boolean leadsToAll, boolean isSettled) {
        var deployment = new DeploymentBuilder()
                .withNewStatus()
                .withReadyReplicas(ready)
                .endStatus()
                .build();
        var service = ServiceTemplate.service(
                logger(status(1, leadsToAll ? 0 : 1, leadsToAll ? "False" : "True")), SINCE.plusSeconds(60));

        assertThat(ServiceTemplate.isSettled(new Actual(null, deployment, service, null, null)))
                .isEqualTo(isSettled);
    }
}
