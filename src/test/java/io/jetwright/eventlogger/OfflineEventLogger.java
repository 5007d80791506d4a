package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;

/** The parts of an event logger that has not begun to connect to NATS. What they see of the stream is set by tests. */
final class OfflineEventLogger {
    private final EventLoggerSettings settings;
    private final MemoryBudget budget;
    private final EventLog log;
    private final RequestBodies bodies;
    private final Clients clients;
    private final StreamPoller poller;
    private final JetStreamCursors cursors;
    private final EventFeed feed;
    private final HistoryEndpoint history;
    private final Publisher publisher;
    private final HistoryReader reader;
    private final Acknowledger acknowledger;
    private final AppStatus appStatus;
    private final EventLoggerMetrics metrics = new EventLoggerMetrics();

    OfflineEventLogger(EventLoggerSettings settings) {
        this.settings = settings;
        budget = MemoryBudget.of(128 << 20);
        log = new EventLog(settings.historySize(), budget.log());
        bodies = new RequestBodies(budget);
        clients = new Clients(settings.trustedProxies(), settings.connectionsPerAddress());
        var connector = new NatsConnector(settings);
        poller = new StreamPoller(settings, connector, log::trim);
        cursors = new JetStreamCursors(settings, connector, poller, StreamFixtures.PAYLOADS);
        feed = new EventFeed(log, cursors, budget);
        history = new HistoryEndpoint(
                new History(settings, connector, poller, StreamFixtures.PAYLOADS, budget.message()));
        publisher = new Publisher(settings, connector, poller);
        reader = new HistoryReader(settings, connector, poller, log, StreamFixtures.PAYLOADS, budget);
        acknowledger = new Acknowledger(settings, connector, poller, log, budget);
        appStatus = new AppStatus(settings, connector, poller, reader, acknowledger, feed);
    }

    Routes routes() {
        return Routes.ofHttpPort(settings, log, history, publisher, bodies, appStatus);
    }

    Routes managementRoutes() {
        return Routes.ofManagementPort(appStatus, metrics);
    }

    EventLoggerServer server() {
        return new EventLoggerServer(
                settings,
                routes(),
                managementRoutes(),
                new StreamEndpoint(feed, new Clients(List.of(), settings.connectionsPerAddress())),
                clients,
                new Connections(clients, budget.listeners()),
                metrics);
    }

    /** Appends events with these sequences; the name of each is "name", its JSON the sequence. */
    void append(long... sequences) {
        for (long sequence : sequences) {
            log.append(new Event(
                    sequence, "name", Instant.EPOCH, String.valueOf(sequence).getBytes(UTF_8)));
        }
    }

    EventLog log() {
        return log;
    }

    StreamPoller poller() {
        return poller;
    }

    StreamCursors cursors() {
        return cursors;
    }

    EventFeed feed() {
        return feed;
    }

    Publisher publisher() {
        return publisher;
    }

    HistoryReader reader() {
        return reader;
    }

    Acknowledger acknowledger() {
        return acknowledger;
    }

    AppStatus appStatus() {
        return appStatus;
    }
}
