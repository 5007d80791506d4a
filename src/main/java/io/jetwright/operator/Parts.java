package io.jetwright.operator;

import io.jetwright.jetstream.Connections;
import io.jetwright.operator.connection.ConnectionDirectory;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.report.EventRecorder;
import io.jetwright.status.Conditions;
import java.time.Clock;

/** What the controllers of all kinds share. */
record Parts(
        ConnectionDirectory directory,
        Connections connections,
        Feed feed,
        Kinds kinds,
        Cluster cluster,
        Conditions conditions,
        EventRecorder events,
        Again again,
        Clock clock) {
    /** The resources' ways to NATS. */
    Routes routes() {
        return directory;
    }
}
