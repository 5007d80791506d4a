package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Kubernetes Events beside the reconciliations. The same event of the same resource is one Event with a count. When
 * more events wait than the queue holds, the newest are dropped: conditions tell the state, events only the story.
 */
public final class EventRecorder implements Events, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String COMPONENT = "jetwright";
    private static final int CAPACITY = 10_000;

    /** Between two events when many wait, so that they do not hold up the API server while it has statuses to write. */
    private static final Duration PACE = Duration.ofMillis(20);

    private static final Duration LAST = Duration.ofSeconds(1);

    /** The API server refuses longer messages. */
    private static final int MESSAGE_LENGTH = 1024;

    private final KubernetesClient client;
    private final Clock clock;
    /** An empty one is the end. */
    private final BlockingQueue<Optional<Event>> waiting = new ArrayBlockingQueue<>(CAPACITY);

    private final Thread writer;
    private volatile boolean closing;

    public EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.writer = Thread.ofVirtual().name("events").start(this::writeForEver);
    }

    @Override
    public void normal(HasMetadata resource, String reason, String message) {
        LOG.atInfo().addKeyValue("reason", reason).log("{}: {}", reason, message);
        offer(resource, "Normal", reason, message);
    }

    @Override
    public void warning(HasMetadata resource, String reason, String message) {
        LOG.atWarn().addKeyValue("reason", reason).log("{}: {}", reason, message);
        offer(resource, "Warning", reason, message);
    }

    private void offer(HasMetadata resource, String type, String reason, String message) {
        if (!waiting.offer(Optional.of(event(resource, type, reason, message)))) {
            LOG.debug("Too many events are waiting; dropped {} of {}", reason, resource.getFullResourceName());
        }
    }

    private Event event(HasMetadata resource, String type, String reason, String message) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var metadata = resource.getMetadata();
        int key = Objects.hash(resource.getKind(), metadata.getUid(), reason, message);
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName("%.200s.%08x".formatted(metadata.getName(), key))
                .endMetadata()
                .withInvolvedObject(new ObjectReferenceBuilder()
                        .withApiVersion(resource.getApiVersion())
                        .withKind(resource.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .build())
                .withType(type)
                .withReason(reason)
                .withMessage(
                        message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH - 3) + "...")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource(COMPONENT, null)
                .withReportingComponent(COMPONENT)
                .build();
    }

    private void writeForEver() {
        try {
            for (Optional<Event> event = waiting.take(); event.isPresent(); event = waiting.take()) {
                write(event.get());
                if (!waiting.isEmpty() && !closing) {
                    Thread.sleep(PACE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Event event) {
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                repeat(event);
            } else {
                LOG.debug("Event not written: {}", e.getMessage());
            }
        }
    }

    private void repeat(Event event) {
        try {
            client.v1()
                    .events()
                    .inNamespace(event.getMetadata().getNamespace())
                    .withName(event.getMetadata().getName())
                    .edit(known -> new EventBuilder(known)
                            .withCount(Objects.requireNonNullElse(known.getCount(), 1) + 1)
                            .withLastTimestamp(event.getLastTimestamp())
                            .build());
        } catch (KubernetesClientException e) {
            LOG.debug("Event not counted: {}", e.getMessage());
        }
    }

    /** Writes what is still waiting, for a second at most. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!waiting.offer(Optional.empty()) || !writer.join(LAST)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
