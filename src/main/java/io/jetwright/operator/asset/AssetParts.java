package io.jetwright.operator.asset;

import io.jetwright.jetstream.Connections;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.report.Events;
import io.jetwright.operator.report.Readings;
import io.jetwright.operator.report.StatusWrites;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.status.Conditions;
import java.time.Clock;

/** What the reconcilers of all kinds that live in JetStream share. */
public record AssetParts(
        Routes routes,
        Connections connections,
        Hub hub,
        Kinds kinds,
        BlockedResources blocked,
        Cluster cluster,
        Conditions conditions,
        Events events,
        StatusWrites writes,
        Readings readings,
        Again again,
        Relay relay,
        Clock clock) {}
