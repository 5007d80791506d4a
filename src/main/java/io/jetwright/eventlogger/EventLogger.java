package io.jetwright.eventlogger;

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
    private final EventLoggerServer server;

    /**
     * Opens the ports and begins to connect. Does not wait for NATS.
     *
     * @throws IllegalArgumentException if one is taken; the message names the variable
     */
    public EventLogger(EventLoggerSettings settings) {
        var log = new EventLog(settings.historySize());
        connector = new NatsConnector(settings);
        connector.start();
        poller = new StreamPoller(settings, connector, log::trim);
        reader = new HistoryReader(settings, connector, poller, log);
        acknowledger = new Acknowledger(settings, connector, poller, log);
        poller.start();
        reader.start();
        acknowledger.start();
        feed = new EventFeed(log, new JetStreamCursors(settings, connector, poller));
        appStatus = new AppStatus(settings, connector, poller, reader, acknowledger, feed);
        var publisher = new Publisher(settings, connector, poller);
        EventLoggerMetrics metrics = metrics(publisher);
        server = new EventLoggerServer(
                settings,
                Routes.ofHttpPort(settings, log, publisher, appStatus),
                Routes.ofManagementPort(appStatus, metrics),
                new StreamEndpoint(feed),
                metrics);
        LOG.info("Started; the page is on port {}, metrics on {}", server.port(), server.managementPort());
    }

    private EventLoggerMetrics metrics(Publisher publisher) {
        var metrics = new EventLoggerMetrics();
        metrics.gauge(
                "ready",
                "1 while events can be published and read",
                () -> appStatus.faults().isEmpty() ? 1 : 0);
        metrics.gauge("degraded", "1 while ready, but without the consumer", () -> appStatus.defect() == null ? 0 : 1);
        metrics.gauge("nats.connected", "1 while NATS is connected", () -> connector.isUp() ? 1 : 0);
        metrics.gauge("publishing", "Events that wait for JetStream's confirmation", publisher::underWay);
        metrics.gauge("listeners", "Clients of /events/stream", feed::listeners);
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
