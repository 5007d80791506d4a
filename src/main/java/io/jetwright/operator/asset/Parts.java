package io.jetwright.operator.asset;

import io.jetwright.jetstream.Connections;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.connection.ConnectionDirectory;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.report.EventRecorder;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Feed;
import io.jetwright.status.Conditions;
import java.time.Clock;

/** What the controllers of all kinds share. */
public record Parts(
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
    public Routes routes() {
        return directory;
    }
}
