package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.EventLogger;
import io.jetwright.operator.connection.SecretData;
import io.jetwright.operator.pods.PodInputs;
import io.jetwright.operator.pods.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an EventLogger becomes. Each folder in {@code src/test/resources/eventlogger} is a case: {@code in.yaml} with the
 * EventLogger and what it refers to, {@code out.yaml} with what it consists of; {@code -Dgolden.update=true} renews it.
 */
class TemplatesTest {
    private static final Path CASES = Path.of("src/test/resources/eventlogger");

    @ParameterizedTest
    @MethodSource("cases")
    void anEventLoggerBecomesWhatTheFileShows(Path folder) throws IOException {
        var surroundings = Surroundings.read(EventLogger.class, folder.resolve("in.yaml"))
                .secret("publishers", new SecretData.Present(Map.of("bearer", "dDBrZW4=")));
        EventLogger logger = surroundings.resource();
        PodInputs inputs =
                surroundings.resolver(EventLoggerReconciler::references).resolve(logger);
        List<HasMetadata> all = new ArrayList<>();
        all.add(ConsumerTemplate.consumer(logger));
        assertThat(inputs).isInstanceOf(PodInputs.Resolved.class);
        if (inputs instanceof PodInputs.Resolved resolved) {
            all.add(DeploymentTemplate.deployment(logger, resolved));
            NetworkPolicyTemplate.policy(logger, resolved).ifPresent(all::add);
        }
        all.add(ServiceTemplate.service(logger, Instant.EPOCH));
        IngressTemplate.ingress(logger).ifPresent(all::add);
        HttpRouteTemplate.route(logger).ifPresent(all::add);
        PodDisruptionBudgetTemplate.budget(logger).ifPresent(all::add);
        String made = all.stream().map(Serialization::asYaml).collect(Collectors.joining());

        Path file = folder.resolve("out.yaml");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, made);
        }
        assertThat(made).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theConsumerIsOneThatTheKindKnows(Path folder) {
        EventLogger logger =
                Surroundings.read(EventLogger.class, folder.resolve("in.yaml")).resource();
        ConsumerSpec spec = Serialization.unmarshal(
                Serialization.asJson(ConsumerTemplate.consumer(logger).get("spec")), ConsumerSpec.class);
        assertThat(spec.durableName()).isEqualTo(logger.getSpec().durableName());
        assertThat(spec.streamRef()).isEqualTo(logger.getSpec().streamRef());
        assertThat(spec.streamName()).isEqualTo(logger.getSpec().streamName());
    }

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList();
        }
    }
}
