package io.jetwright.it;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The systems in {@code examples/} work as they are. */
class ExamplesIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer nats = installation.nats();

    @Test
    void eventLogger() throws Exception {
        apply("event-logger");
        StreamConfiguration stream = nats.jetStream().getStreamInfo("EVENTS").getConfiguration();
        assertThat(stream.getSubjects()).containsExactly("events.>");
        assertThat(stream.getMaxAge()).isEqualTo(Duration.ofHours(24));
        assertThat(consumer("EVENTS", "event-logger").getDeliverSubject()).isEqualTo("deliver.event-logger");
    }

    @Test
    void ingestion() throws Exception {
        apply("ingestion");
        assertThat(nats.jetStream().getStreamInfo("MESSAGES").getConfiguration().getMaxBytes())
                .isEqualTo(1L << 30);
        assertThat(consumer("MESSAGES", "workers").getMaxDeliver()).isEqualTo(3);
    }

    @Test
    void taskQueue() throws Exception {
        apply("task-queue");
        assertThat(nats.jetStream().getConsumerNames("TASKS")).containsExactly("task-workers");
    }

    @Test
    void eventDriven() throws Exception {
        apply("event-driven");
        assertThat(nats.jetStream().getStreamNames()).containsExactlyInAnyOrder("AUTH", "COMPUTE", "GATEWAY", "SFS");
        assertThat(nats.jetStream().getConsumerNames("AUTH"))
                .containsExactlyInAnyOrder("sfs-service", "compute-service", "gateway-service");
        assertThat(consumer("COMPUTE", "gateway-service").getFilterSubjects())
                .containsExactlyInAnyOrder("compute.container.>", "compute.ingress.>");
    }

    private ConsumerConfiguration consumer(String stream, String name) throws Exception {
        return nats.jetStream().getConsumerInfo(stream, name).getConsumerConfiguration();
    }

    private void apply(String example) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples", example))) {
            String yaml = files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(ExamplesIT::text)
                    .collect(joining("\n---\n"));
            namespace.applyAll(yaml).forEach(namespace::awaitReady);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
