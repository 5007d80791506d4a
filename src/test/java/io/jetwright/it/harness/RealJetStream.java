package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;

import io.jetwright.jetstream.Advisory;
import io.jetwright.jetstream.ConnectionListener;
import io.jetwright.jetstream.Connections;
import io.jetwright.jetstream.JetStream;
import io.jetwright.jetstream.Pause;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.AssetName.StreamName;
import java.util.List;

/** A server's JetStream, as the operator reaches it. */
public final class RealJetStream implements AutoCloseable {
    private final Connections connections =
            new Connections(new Deaf(), (object, verb, outcome, time) -> {}, Pause.NONE);
    private final JetStream jetStream;

    /** Starts the server, and returns when JetStream answers. */
    public static RealJetStream of(NatsServer nats) {
        nats.start();
        return new RealJetStream(nats);
    }

    private RealJetStream(NatsServer nats) {
        jetStream = connections.get(new ConnectionSettings(ConnectionSettings.servers(List.of(nats.url())), null));
        eventually(() -> jetStream.read(new StreamName("ANY")));
    }

    public JetStream jetStream() {
        return jetStream;
    }

    @Override
    public void close() {
        connections.close();
    }

    /** Has nothing to do when something happens. */
    private static final class Deaf implements ConnectionListener {
        @Override
        public void connected(ConnectionSettings connection) {}

        @Override
        public void disconnected(ConnectionSettings connection) {}

        @Override
        public void changed(ConnectionSettings connection, Advisory advisory) {}
    }
}
