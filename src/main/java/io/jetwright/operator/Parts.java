package io.jetwright.operator;

import io.jetwright.jetstream.ConnectionSettings;
import io.jetwright.jetstream.Connections;
import io.jetwright.status.Conditions;
import java.time.Clock;

/** What the controllers of all kinds share. */
record Parts(
        ConnectionSettings defaultConnection,
        Connections connections,
        Feed feed,
        Kinds kinds,
        Cluster cluster,
        Conditions conditions,
        EventRecorder events,
        Again again,
        Clock clock) {}
