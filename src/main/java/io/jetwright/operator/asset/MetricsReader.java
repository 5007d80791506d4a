package io.jetwright.operator.asset;

import io.jetwright.api.Asset;
import io.jetwright.api.AssetStatus;
import io.jetwright.jetstream.JetStream;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.Live;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.operator.report.Readings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the measurements of all resources from JetStream's lists, for the metrics alone: a request for every 256 streams of an
 * account, and for every 256 consumers of a stream that has Consumers. Nothing is compared, and no status is written.
 */
public final class MetricsReader {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsReader.class);

    private final Kinds kinds;
    private final Supplier<? extends Collection<ConnectionSettings>> connections;
    private final Function<ConnectionSettings, Stream<String>> keys;
    private final Function<ConnectionSettings, JetStream> jetStreams;
    private final Readings readings;

    /** Of the connections that failed the last time; only the thread that reads comes here. */
    private final Map<ConnectionSettings, String> troubles = new HashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param connections that there are now
     * @param keys of the Connections that lead to these settings now
     */
    public MetricsReader(
            Kinds kinds,
            Supplier<? extends Collection<ConnectionSettings>> connections,
            Function<ConnectionSettings, Stream<String>> keys,
            Function<ConnectionSettings, JetStream> jetStreams,
            Readings readings) {
        this.kinds = kinds;
        this.connections = connections;
        this.keys = keys;
        this.jetStreams = jetStreams;
        this.readings = readings;
    }

    /** Reads on one connection after the other. One that fails keeps nobody's measurements from being read but its own. */
    public void read() {
        Collection<ConnectionSettings> all = connections.get();
        troubles.keySet().retainAll(all);
        for (ConnectionSettings connection : all) {
            try {
                read(connection);
                troubles.remove(connection);
            } catch (JetStreamException e) {
                warnOnce(connection, String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("The numbers for the metrics (METRICS_INTERVAL) cannot be read from {}", connection, e);
            }
        }
    }

    private void warnOnce(ConnectionSettings connection, String trouble) {
        if (!trouble.equals(troubles.put(connection, trouble))) {
            LOG.warn("The numbers for the metrics (METRICS_INTERVAL) cannot be read: {}", trouble);
        }
    }

    private void read(ConnectionSettings connection) throws JetStreamException {
        Set<AssetName> names = keys.apply(connection)
                .flatMap(kinds::targetsOn)
                .filter(target -> target.connection().equals(connection))
                .map(Target.Resolved::name)
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            return;
        }
        JetStream jetStream = jetStreams.apply(connection);
        if (names.stream().anyMatch(StreamName.class::isInstance)) {
            jetStream.readStreams(live -> read(connection, new StreamName(name(live)), live));
        }
        Set<String> streams = names.stream()
                .filter(ConsumerName.class::isInstance)
                .map(AssetName::stream)
                .collect(Collectors.toSet());
        for (String stream : streams) {
            jetStream.readConsumers(
                    new StreamName(stream),
                    live -> read(
                            connection,
                            new ConsumerName(stream, live.info().path("name").asText()),
                            live));
        }
    }

    private static String name(Live live) {
        return live.info().path("config").path("name").asText();
    }

    private void read(ConnectionSettings connection, AssetName name, Live live) {
        kinds.all().forEach(kind -> read(kind, new Target.Resolved(connection, name), live));
    }

    private <R extends Asset<?, T>, T extends AssetStatus> void read(
            Kind<R, ?, T> kind, Target.Resolved target, Live live) {
        Kinds.naming(kind, target)
                .filter(resource ->
                        resource.getStatus() != null && resource.getStatus().created() != null)
                .forEach(resource -> {
                    Sight seen =
                            new Sight.Seen(target.name(), live).on(kind.naming().connection(resource));
                    readings.read(resource, kind.view().known(seen, resource.getStatus()));
                });
    }
}
