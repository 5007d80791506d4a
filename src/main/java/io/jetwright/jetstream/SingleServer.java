package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Names the server that keeps a stream where JetStream is a single server. Such a server says so when a stream is read, and leaves
 * it out of its answers to requests that create or update one (nats-server 2.10 to 2.15). It is the same for all streams, so it is
 * asked for once per connection.
 */
final class SingleServer {
    private static final String CLUSTER = "cluster";

    private final JetStreamConnection connection;
    private final ApiClient api;
    private volatile @Nullable Known known;

    private record Known(Connection connection, JsonNode cluster) {}

    SingleServer(JetStreamConnection connection, ApiClient api) {
        this.connection = connection;
        this.api = api;
    }

    /** The answer to a request that has created or updated an object, with the server's name. */
    JsonNode named(AssetName name, JsonNode answer) {
        if (name instanceof StreamName && answer instanceof ObjectNode object && !answer.has(CLUSTER)) {
            try {
                JsonNode cluster = cluster(name);
                if (cluster.isObject()) {
                    object.set(CLUSTER, cluster);
                }
            } catch (JetStreamException e) {
                return answer; // the next time that it is read will tell
            }
        }
        return answer;
    }

    private JsonNode cluster(AssetName name) throws JetStreamException {
        Connection current = connection.connection();
        Known last = known;
        if (last != null && last.connection() == current) {
            return last.cluster();
        }
        JsonNode cluster = api.request("INFO", name, null).path(CLUSTER);
        known = new Known(current, cluster);
        return cluster;
    }
}
