package io.jetwright.eventlogger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of this replica, as /health, /ready, /status and the metrics report it. */
final class AppStatus {
    private final EventLoggerSettings settings;
    private final NatsConnector connector;
    private final StreamPoller poller;
    private final HistoryReader reader;
    private final Acknowledger acknowledger;
    private final EventFeed feed;
    private volatile boolean isEnding;

    AppStatus(
            EventLoggerSettings settings,
            NatsConnector connector,
            StreamPoller poller,
            HistoryReader reader,
            Acknowledger acknowledger,
            EventFeed feed) {
        this.settings = settings;
        this.connector = connector;
        this.poller = poller;
        this.reader = reader;
        this.acknowledger = acknowledger;
        this.feed = feed;
    }

    /** From now on this replica is not ready. */
    void markShuttingDown() {
        isEnding = true;
    }

    /** Who is told. */
    enum Audience {
        /** Whoever reaches the page. Is told no addresses, files and words of the server. */
        PUBLIC,

        /** Whoever reaches the management port. */
        OPERATORS
    }

    /** Why this replica cannot publish and show events, each with its cure; empty if it can: then it is ready. */
    List<String> faults() {
        return faults(Audience.OPERATORS);
    }

    private List<String> faults(Audience audience) {
        if (isEnding) {
            return List.of("this replica is ending");
        }
        if (!connector.isUp()) {
            return List.of(
                    audience == Audience.OPERATORS
                            ? "NATS is away: " + connector.failure()
                            : "NATS is away: " + connector.publicFailure()
                                    + "; the log and the management port's /status say more");
        }
        if (poller.view() == null) {
            return List.of(poller.streamFault());
        }
        return reader.isReading()
                ? List.of()
                : List.of("the history of the stream " + settings.stream() + " is being read");
    }

    /**
     * What does not work although this replica is ready, with its cure: without the consumer nothing is acknowledged, and
     * its lag tells nothing. Null if all works, or if this replica is not ready.
     */
    @Nullable
    String defect() {
        if (!faults().isEmpty()) {
            return null;
        }
        String consumerFault = poller.consumerFault();
        return consumerFault == null && !acknowledger.isBound()
                ? "the consumer " + settings.consumer() + " is not read yet"
                : consumerFault;
    }

    /**
     * JSON; the app is healthy even while NATS is away.
     *
     * @throws Problem if a thread has ended without which nothing is read any more: only a restart helps
     */
    byte[] health() {
        if (!reader.isAlive() || !poller.isAlive() || !acknowledger.isAlive()) {
            throw Problem.unavailable("a thread that reads the stream has ended");
        }
        return Json.write(json -> {
            json.writeStartObject();
            json.writeBooleanField("nats_connected", connector.isUp());
            json.writeStringField("status", "ok");
            json.writeEndObject();
        });
    }

    /**
     * Confirms that this replica is ready; with what does not work although it is.
     *
     * @throws Problem with the faults, if it is not
     */
    Answer ready(Audience audience) {
        List<String> faults = faults(audience);
        if (!faults.isEmpty()) {
            throw Problem.unavailable(String.join("; ", faults));
        }
        String defect = defect();
        return Answer.json(Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", defect == null ? "ready" : "degraded");
            if (defect != null) {
                json.writeStringField("reason", defect);
            }
            json.writeEndObject();
        }));
    }

    /** JSON of connection, stream, consumer, and of whether publishing is allowed. */
    byte[] status(Audience audience) {
        StreamView view = poller.view();
        List<String> faults = faults(audience);
        String defect = defect();
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("instance", settings.instance());
            json.writeBooleanField("ready", faults.isEmpty());
            json.writeArrayFieldStart("reasons");
            for (String fault : faults) {
                json.writeString(fault);
            }
            if (defect != null) {
                json.writeString(defect);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("publish");
            json.writeBooleanField("allowed", settings.publishAccess().isAllowed());
            json.writeBooleanField("token", settings.publishAccess().token().isPresent());
            if (!settings.publishAccess().isAllowed()) {
                json.writeStringField("reason", PublishAccess.READ_ONLY);
            }
            json.writeEndObject();
            json.writeNumberField("historySize", settings.historySize());
            if (audience == Audience.OPERATORS) {
                json.writeNumberField("listeners", feed.listeners());
            }
            json.writeObjectFieldStart("nats");
            json.writeBooleanField("connected", connector.isUp());
            if (audience == Audience.OPERATORS) {
                json.writeStringField("servers", connector.servers());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("stream");
            json.writeStringField("name", settings.stream());
            if (view != null) {
                json.writeStringField("prefix", view.prefix());
                json.writeArrayFieldStart("subjects");
                for (String subject : view.shownSubjects()) {
                    json.writeString(subject);
                }
                json.writeEndArray();
                for (Map.Entry<String, Long> number : Map.of(
                                "messages", view.messages(),
                                "bytes", view.bytes(),
                                "firstSequence", view.firstSequence(),
                                "lastSequence", view.lastSequence())
                        .entrySet()) {
                    json.writeNumberField(number.getKey(), number.getValue());
                }
            }
            json.writeEndObject();
            json.writeObjectFieldStart("consumer");
            json.writeStringField("name", settings.consumer());
            StreamView.ConsumerView consumer = view == null ? null : view.consumer();
            if (consumer != null) {
                json.writeNumberField("pending", consumer.pending());
                json.writeNumberField("unacknowledged", consumer.unacknowledged());
                json.writeNumberField("redelivered", consumer.redelivered());
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
