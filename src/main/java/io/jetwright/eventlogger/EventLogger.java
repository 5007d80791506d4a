package io.jetwright.eventlogger;

import java.util.List;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event logger: connects its parts, and starts and stops them. */
public final class EventLogger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLogger.class);

    private final NatsConnector connector;
    private final StreamPoller poller;
    private final HistoryReader reader;
    private final Acknowledger acknowledger;
    private final EventFeed feed;
    private final AppStatus appStatus;
    private final EventLog log;
    private final RequestBodies bodies;
    private final Connections connections;
    private final EventLoggerServer server;

    /**
     * Opens the ports and begins to connect. Does not wait for NATS.
     *
     * @throws IllegalArgumentException if one is taken; the message names the variable
     */
    public EventLogger(EventLoggerSettings settings) {
        var budget = MemoryBudget.ofThisProcess();
        var payloads = new PayloadDecoder(settings.payloads(), budget.message());
        log = new EventLog(settings.historySize(), budget.log());
        connector = new NatsConnector(settings);
        connector.start();
        poller = new StreamPoller(settings, connector, log::trim);
        reader = new HistoryReader(settings, connector, poller, log, payloads, budget);
        acknowledger = new Acknowledger(settings, connector, poller, log, budget);
        poller.start();
        reader.start();
        acknowledger.start();
        feed = new EventFeed(log, new JetStreamCursors(settings, connector, poller, payloads), budget);
        appStatus = new AppStatus(settings, connector, poller, reader, acknowledger, feed);
        var publisher = new Publisher(settings, connector, poller);
        bodies = new RequestBodies(budget);
        var clients = new Clients(settings.trustedProxies(), settings.connectionsPerAddress());
        connections = new Connections(clients, budget.listeners());
        var history = new HistoryEndpoint(new History(settings, connector, poller, payloads, budget.message()));
        EventLoggerMetrics metrics = metrics(publisher, history, payloads);
        server = new EventLoggerServer(
                settings,
                Routes.ofHttpPort(settings, log, history, publisher, bodies, appStatus),
                Routes.ofManagementPort(appStatus, metrics),
                new StreamEndpoint(feed, new Clients(List.of(), settings.connectionsPerAddress())),
                clients,
                connections,
                metrics);
        LOG.info("Started; the page is on port {}, metrics on {}", server.port(), server.managementPort());
    }

    private EventLoggerMetrics metrics(Publisher publisher, HistoryEndpoint history, PayloadDecoder payloads) {
        var metrics = new EventLoggerMetrics();
        metrics.gauge(
                "ready",
                "1 while events can be published and read",
                () -> appStatus.faults().isEmpty() ? 1 : 0);
        metrics.gauge("degraded", "1 while ready, but without the consumer", () -> appStatus.defect() == null ? 0 : 1);
        metrics.gauge("nats.connected", "1 while NATS is connected", () -> connector.isUp() ? 1 : 0);
        metrics.gauge("publishing", "Events that wait for JetStream's confirmation", publisher::underWay);
        metrics.gauge("listeners", "Clients of /events/stream", feed::listeners);
        metrics.gauge("catching.up", "Listeners that are behind the log and read the stream", () -> feed.catchUp()
                .listeners());
        metrics.gauge("connections", "Connections of HTTP clients", connections::count);
        metrics.gauge("log.bytes", "What the events in the log occupy", log::bytes);
        room(
                metrics,
                "catch.up",
                "events that were read for listeners and not yet sent",
                feed.catchUp().room());
        room(metrics, "bodies", "bodies of requests", bodies.room());
        room(metrics, "body.use", "bodies of which messages are being made", bodies.publishing());
        turns(metrics, "history.reads", "Readers of the stream for /history", history.reads());
        turns(metrics, "history.answers", "Answers of /history that are made or sent", history.answers());
        turns(metrics, "history.downloads", "Downloads of JSON lines", history.downloads());
        metrics.counter("listeners.refused", "Listeners for whom there was no room", feed::refused);
        metrics.counter("connections.refused", "Connections for which there was no room", connections::refused);
        metrics.counter("connections.expired", "Connections of clients that were too slow", connections::expired);
        metrics.counter(
                "payloads.undecoded",
                "How often a payload was not decoded that should be protobuf or MessagePack",
                payloads::undecoded);
        metrics.gauge(
                "descriptors.stale",
                "1 while the descriptors of protobuf were changed to what cannot be used, and the last ones are used",
                () -> payloads.areDescriptorsStale() ? 1 : 0);
        metrics.gauge("stream.messages", "Messages in the stream", () -> stream(StreamView::messages));
        metrics.gauge("stream.bytes", "Bytes in the stream", () -> stream(StreamView::bytes));
        metrics.gauge(
                "consumer.pending",
                "Messages that the consumer has not delivered",
                () -> consumer(StreamView.ConsumerView::pending));
        metrics.gauge(
                "consumer.unacknowledged",
                "Messages that were delivered and not yet acknowledged",
                () -> consumer(StreamView.ConsumerView::unacknowledged));
        metrics.counter("acknowledged", "Messages that this replica has acknowledged", acknowledger::acknowledged);
        return metrics;
    }

    private static void room(EventLoggerMetrics metrics, String name, String what, Room room) {
        metrics.gauge(name + ".bytes", "Memory for " + what + ": used", room::used);
        metrics.gauge(name + ".limit.bytes", "Memory for " + what + ": there is", room::capacity);
        metrics.counter(name + ".waited", "How often somebody waited for memory for " + what, room::waited);
        metrics.counter(name + ".refused", "How often somebody waited in vain for memory for " + what, room::refused);
    }

    private static void turns(EventLoggerMetrics metrics, String name, String what, Turns turns) {
        metrics.gauge(name, what, turns::used);
        metrics.counter(name + ".refused", what + ": how often somebody waited in vain", turns::refused);
    }

    private double stream(ToLongFunction<StreamView> number) {
        StreamView view = poller.view();
        return view == null ? Double.NaN : number.applyAsLong(view);
    }

    private double consumer(ToLongFunction<StreamView.ConsumerView> number) {
        StreamView view = poller.view();
        StreamView.ConsumerView consumer = view == null ? null : view.consumer();
        return consumer == null ? Double.NaN : number.applyAsLong(consumer);
    }

    /** Ends listeners' connections, waits for other requests that are under way, and disconnects from NATS. */
    @Override
    public void close() {
        appStatus.markShuttingDown();
        feed.close();
        server.close();
        acknowledger.close();
        reader.close();
        poller.close();
        connector.close();
        LOG.info("Ended");
    }
}
