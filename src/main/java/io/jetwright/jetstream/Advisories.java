package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to JetStream's advisories, and passes on those of changes that others made. */
final class Advisories {
    private static final Logger LOG = LoggerFactory.getLogger(Advisories.class);
    private static final String PREFIX = "$JS.EVENT.ADVISORY.";

    /** How long the server may take to confirm the subscriptions. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ConnectionSettings settings;
    private final ConnectionListener listener;
    private final OwnChanges ownChanges = new OwnChanges(Clock.systemUTC());

    Advisories(ConnectionSettings settings, ConnectionListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Subscribes, and waits until the server knows the subscriptions.
     *
     * @throws IllegalStateException if the server does not answer
     */
    void subscribe(Connection connection) {
        Dispatcher dispatcher = connection.createDispatcher(this::heard);
        for (Advisory.Action action : Advisory.Action.values()) {
            if (action != Advisory.Action.PAUSE) {
                dispatcher.subscribe(PREFIX + "STREAM." + action + ".*");
            }
            dispatcher.subscribe(PREFIX + "CONSUMER." + action + ".*.*");
        }
        try {
            connection.flush(PATIENCE);
        } catch (TimeoutException e) {
            throw new IllegalStateException(settings + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Makes a change of our own, whose advisory is not passed on.
     *
     * @param advisory what JetStream publishes of the change
     */
    <T> T announced(Advisory advisory, Call<T> change) throws JetStreamException {
        ownChanges.expect(advisory);
        try {
            return change.run();
        } catch (JetStreamException e) {
            if (!(e instanceof JetStreamException.Unreachable)) {
                ownChanges.forget(advisory);
            }
            throw e;
        }
    }

    private void heard(Message message) {
        String[] tokens = message.getSubject().substring(PREFIX.length()).split("[.]", -1);
        AssetName name =
                tokens[0].equals("STREAM") ? new StreamName(tokens[2]) : new ConsumerName(tokens[2], tokens[3]);
        var advisory = new Advisory(Advisory.Action.valueOf(tokens[1]), name);
        boolean isOwn = ownChanges.isOwn(advisory);
        LOG.debug("{} of {}, {}", advisory.action(), name, isOwn ? "ours" : "by others");
        if (!isOwn) {
            listener.changed(settings, advisory);
        }
    }

    /** A request that makes a change. */
    interface Call<T> {
        T run() throws JetStreamException;
    }
}
