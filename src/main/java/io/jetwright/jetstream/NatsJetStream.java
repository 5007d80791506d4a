package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Buckets;
import io.jetwright.plan.ServerVersion;
import io.jetwright.plan.Settings;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JetStream's API over jnats. The bodies are JetStream's own JSON rather than jnats' configuration types, which have no
 * equality and lack fields of newer servers (the acknowledgement policy {@code flow_control}, for one).
 */
final class NatsJetStream implements JetStream, ConnectionHealth, Pool.Member {
    private final JetStreamConnection connection;
    private final ApiClient api;
    private final Advisories advisories;
    private final ServerInquiry inquiry;
    private final VersionInquiry versions;
    private final SingleServer singleServer;

    /** Begins to connect, and returns at once. */
    NatsJetStream(
            ConnectionSettings settings, ConnectionListener listener, Requests requests, Network network, Pause pause) {
        advisories = new Advisories(settings, listener);
        connection = new JetStreamConnection(settings, listener, network, pause, advisories::subscribe);
        api = new ApiClient(settings, connection, requests);
        inquiry = new ServerInquiry(settings, connection, api);
        versions = new VersionInquiry(settings, connection, api, Clock.systemUTC());
        singleServer = new SingleServer(connection, api);
    }

    @Override
    public ServerVersion serverVersion() throws JetStreamException {
        return versions.version();
    }

    @Override
    public Optional<Live> read(AssetName name) throws JetStreamException {
        try {
            return Optional.of(versions.noted(Live.of(api.request("INFO", name, question(name)))));
        } catch (JetStreamException.Rejected e) {
            if (e.code() == notFound(name)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Of an object store, the answer also counts the objects: {@code total} is the number of subjects that match the
     * filter. The offset is behind the last subject, so that the answer lists none of them.
     */
    private static @Nullable JsonNode question(AssetName name) {
        return name instanceof StreamName stream
                ? Buckets.objectsIn(stream)
                        .<JsonNode>map(objects -> JsonNodeFactory.instance
                                .objectNode()
                                .put("subjects_filter", objects)
                                .put("offset", Integer.MAX_VALUE))
                        .orElse(null)
                : null;
    }

    @Override
    public void readStreams(Consumer<Live> each) throws JetStreamException {
        api.listStreams(each);
    }

    @Override
    public void readConsumers(StreamName stream, Consumer<Live> each) throws JetStreamException {
        api.listConsumers(stream, each);
    }

    @Override
    public Optional<Live> create(AssetName name, Settings desired) throws JetStreamException {
        try {
            return Optional.of(advisories.announced(
                    new Advisory(Advisory.Action.CREATED, name), () -> createAgainIfItFailed(name, desired)));
        } catch (JetStreamException.Rejected e) {
            if (e.code() == ApiErrors.STREAM_EXISTS
                    || e.code() == ApiErrors.CONSUMER_EXISTS
                    || e.code() == ApiErrors.CONSUMER_NAME_IN_USE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * After it has confirmed the deletion of an account's last stream, nats-server removes that stream's folder. If this
     * comes between, it cannot make the next stream's folder (seen in 2.15.2).
     */
    private Live createAgainIfItFailed(AssetName name, Settings desired) throws JetStreamException {
        try {
            return write("CREATE", "create", name, desired);
        } catch (JetStreamException.Rejected e) {
            if (e.code() == ApiErrors.STREAM_CREATE_FAILED) {
                return write("CREATE", "create", name, desired);
            }
            throw e;
        }
    }

    @Override
    public Live update(AssetName name, Settings desired) throws JetStreamException {
        if (name instanceof ConsumerName) {
            return write("CREATE", "update", name, desired);
        }
        return advisories.announced(
                new Advisory(Advisory.Action.UPDATED, name), () -> write("UPDATE", "update", name, desired));
    }

    @Override
    public void pause(ConsumerName name, @Nullable JsonNode until) throws JetStreamException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (until != null) {
            body.set("pause_until", until);
        }
        advisories.announced(new Advisory(Advisory.Action.PAUSE, name), () -> api.request("PAUSE", name, body));
    }

    @Override
    public void delete(AssetName name) throws JetStreamException {
        try {
            advisories.announced(new Advisory(Advisory.Action.DELETED, name), () -> api.request("DELETE", name, null));
        } catch (JetStreamException.NoStream e) {
            return;
        } catch (JetStreamException.Rejected e) {
            if (e.code() != notFound(name)) {
                throw e;
            }
        }
    }

    private Live write(String verb, String action, AssetName name, Settings desired) throws JetStreamException {
        ObjectNode body = desired.toJson();
        if (name instanceof ConsumerName consumer) {
            ObjectNode request = JsonNodeFactory.instance
                    .objectNode()
                    .put("stream_name", consumer.stream())
                    .put("action", action);
            request.set("config", body);
            body = request;
        }
        return versions.noted(Live.of(singleServer.named(name, api.request(verb, name, body))));
    }

    private static int notFound(AssetName name) {
        return name instanceof StreamName ? ApiErrors.STREAM_NOT_FOUND : ApiErrors.CONSUMER_NOT_FOUND;
    }

    @Override
    public boolean isUp() {
        return connection.isUp();
    }

    @Override
    public boolean isConnecting() {
        return connection.isConnecting();
    }

    @Override
    public @Nullable Trouble lastTrouble() {
        return connection.lastTrouble();
    }

    @Override
    public ServerFacts facts() throws JetStreamException {
        return inquiry.facts();
    }

    @Override
    public void close() {
        connection.close();
    }
}
