package io.jetwright.eventlogger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /** Why this replica is not ready to publish and show events, each with its cure; empty if it is ready. */
    List<String> faults() {
        if (isEnding) {
            return List.of("this replica is ending");
        }
        if (!connector.isUp()) {
            return List.of("NATS is away: " + connector.failure());
        }
        if (poller.view() == null) {
            return List.of(poller.streamFault());
        }
        List<String> faults = new ArrayList<>();
        if (!reader.isReading()) {
            faults.add("the history of the stream " + settings.stream() + " is being read");
        }
        String consumerFault = poller.consumerFault();
        if (consumerFault != null) {
            faults.add(consumerFault);
        } else if (!acknowledger.isBound()) {
            faults.add("the consumer " + settings.consumer() + " is not read yet");
        }
        return faults;
    }

    /** JSON; the app is healthy even while NATS is away. */
    byte[] health() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeBooleanField("nats_connected", connector.isUp());
            json.writeStringField("status", "ok");
            json.writeEndObject();
        });
    }

    /**
     * Confirms that this replica is ready.
     *
     * @throws Problem with the faults, if it is not
     */
    Answer ready() {
        List<String> faults = faults();
        if (!faults.isEmpty()) {
            throw Problem.unavailable(String.join("; ", faults));
        }
        return Answer.json(Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", "ready");
            json.writeEndObject();
        }));
    }

    /** JSON of all that the page shows of connection, stream and consumer. */
    byte[] status() {
        StreamView view = poller.view();
        List<String> faults = faults();
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("instance", settings.instance());
            json.writeBooleanField("ready", faults.isEmpty());
            json.writeArrayFieldStart("reasons");
            for (String fault : faults) {
                json.writeString(fault);
            }
            json.writeEndArray();
            json.writeNumberField("historySize", settings.historySize());
            json.writeNumberField("listeners", feed.listeners());
            json.writeObjectFieldStart("nats");
            json.writeBooleanField("connected", connector.isUp());
            json.writeStringField("servers", connector.servers());
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
