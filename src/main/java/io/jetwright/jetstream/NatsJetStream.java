package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Buckets;
import io.jetwright.plan.ServerVersion;
import io.jetwright.plan.Settings;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.api.ServerInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JetStream's API over jnats. The bodies are JetStream's own JSON rather than jnats' configuration types, which have no
 * equality and lack fields of newer servers (the acknowledgement policy {@code flow_control}, for one).
 */
final class NatsJetStream implements JetStream, ConnectionHealth, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsJetStream.class);
    private static final String USER_INFO = "$SYS.REQ.USER.INFO";
    private static final String ADVISORY = "$JS.EVENT.ADVISORY.";
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int CONSUMER_NOT_FOUND = 10014;
    private static final int STREAM_EXISTS = 10058;
    private static final int STREAM_CREATE_FAILED = 10049;
    private static final int CONSUMER_EXISTS = 10148;
    private static final int CONSUMER_NAME_IN_USE = 10013;
    private static final byte[] NO_BODY = new byte[0];
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final ConnectionSettings settings;
    private final ConnectionListener listener;
    private final Requests requests;
    private final OwnChanges ownChanges = new OwnChanges(Clock.systemUTC());
    private final JetStreamConnection connection;

    /** The account of the connection that was last asked for it. */
    private volatile Map.@Nullable Entry<Connection, Optional<String>> account;

    NatsJetStream(
            ConnectionSettings settings, ConnectionListener listener, Requests requests, Network network, Pause pause) {
        this.settings = settings;
        this.listener = listener;
        this.requests = requests;
        this.connection = new JetStreamConnection(settings, listener, network, pause, this::subscribe);
    }

    @Override
    public ServerVersion serverVersion() throws JetStreamException {
        return ServerVersion.parse(connection.connection().getServerInfo().getVersion());
    }

    @Override
    public Optional<Live> read(AssetName name) throws JetStreamException {
        try {
            return Optional.of(Live.of(ask("INFO", name, inquiry(name))));
        } catch (JetStreamException.Rejected e) {
            if (e.code() == notFound(name)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** An object store's objects are counted by the way: their subjects are, from behind the last, so that none is listed. */
    private static @Nullable JsonNode inquiry(AssetName name) {
        return name instanceof StreamName stream
                ? Buckets.objectsIn(stream)
                        .<JsonNode>map(objects -> JSON.createObjectNode()
                                .put("subjects_filter", objects)
                                .put("offset", Integer.MAX_VALUE))
                        .orElse(null)
                : null;
    }

    @Override
    public Optional<Live> create(AssetName name, Settings desired) throws JetStreamException {
        try {
            return Optional.of(
                    announced(new Advisory(Advisory.Action.CREATED, name), () -> createAgainIfItFailed(name, desired)));
        } catch (JetStreamException.Rejected e) {
            if (e.code() == STREAM_EXISTS || e.code() == CONSUMER_EXISTS || e.code() == CONSUMER_NAME_IN_USE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * nats-server removes the folder of an account's last stream after it said that this is deleted, and may then fail
     * to make the next stream's in it (seen in 2.15.2).
     */
    private Live createAgainIfItFailed(AssetName name, Settings desired) throws JetStreamException {
        try {
            return write("CREATE", "create", name, desired);
        } catch (JetStreamException.Rejected e) {
            if (e.code() == STREAM_CREATE_FAILED) {
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
        return announced(new Advisory(Advisory.Action.UPDATED, name), () -> write("UPDATE", "update", name, desired));
    }

    @Override
    public void pause(ConsumerName name, @Nullable JsonNode until) throws JetStreamException {
        ObjectNode body = JSON.createObjectNode();
        if (until != null) {
            body.set("pause_until", until);
        }
        announced(new Advisory(Advisory.Action.PAUSE, name), () -> ask("PAUSE", name, body));
    }

    @Override
    public void delete(AssetName name) throws JetStreamException {
        try {
            announced(new Advisory(Advisory.Action.DELETED, name), () -> ask("DELETE", name, null));
        } catch (JetStreamException.NoStream e) {
            return;
        } catch (JetStreamException.Rejected e) {
            if (e.code() != notFound(name)) {
                throw e;
            }
        }
    }

    /** Whether the outcome of the first attempt to connect is not known yet. */
    boolean isConnecting() {
        return link.isConnecting();
    }

    @Override
    public boolean isUp() {
        return connection.isUp();
    }

    @Override
    public @Nullable Trouble lastTrouble() {
        return connection.lastTrouble();
    }

    @Override
    public ServerFacts facts() throws JetStreamException {
        Connection current = connection.connection();
        ServerInfo server = current.getServerInfo();
        Duration rtt;
        try {
            rtt = current.RTT();
        } catch (IOException e) {
            throw new JetStreamException.Unreachable(settings + " does not answer a ping");
        }
        JsonNode limits = parse(
                connection.request(settings.apiPrefix() + ".INFO", NO_BODY).getData());
        return new ServerFacts(
                server.getServerName(),
                server.getVersion(),
                server.getCluster(),
                rtt,
                account(current).orElse(null),
                accepted(limits));
    }

    /** Who may not ask, or asks a server that does not tell, is not told, and not asked again on this connection. */
    private Optional<String> account(Connection current) {
        var known = account;
        if (known != null && known.getKey() == current) {
            return known.getValue();
        }
        Optional<String> told = Optional.empty();
        try {
            JsonNode user =
                    parse(connection.request(USER_INFO, NO_BODY).getData()).path("data");
            told = Stream.of("account_name", "account")
                    .map(field -> user.path(field).asText(""))
                    .filter(text -> !text.isEmpty())
                    .findFirst();
        } catch (JetStreamException e) {
            LOG.debug("{}: {}", settings, e.getMessage());
        }
        account = Map.entry(current, told);
        return told;
    }

    @Override
    public void close() {
        connection.close();
    }

    private Live write(String verb, String action, AssetName name, Settings desired) throws JetStreamException {
        ObjectNode body = desired.toJson();
        if (name instanceof ConsumerName consumer) {
            ObjectNode request = JSON.createObjectNode()
                    .put("stream_name", consumer.stream())
                    .put("action", action);
            request.set("config", body);
            body = request;
        }
        return Live.of(ask(verb, name, body));
    }

    private JsonNode ask(String verb, AssetName name, @Nullable JsonNode body) throws JetStreamException {
        String subject = settings.apiPrefix() + "."
                + switch (name) {
                    case StreamName stream -> "STREAM." + verb + "." + stream.name();
                    case ConsumerName consumer -> "CONSUMER." + verb + "." + consumer.stream() + "." + consumer.name();
                };
        long started = System.nanoTime();
        String outcome = "failed";
        try {
            Message answer = connection.request(subject, body == null ? NO_BODY : bytes(body));
            JsonNode json = parse(answer.getData());
            outcome = json.has("error") ? "rejected" : "ok";
            return accepted(name, json);
        } finally {
            requests.sent(
                    name instanceof StreamName ? "stream" : "consumer",
                    verb.toLowerCase(Locale.ROOT),
                    outcome,
                    System.nanoTime() - started);
        }
    }

    private JsonNode accepted(AssetName name, JsonNode answer) throws JetStreamException {
        int code = answer.path("error").path("err_code").asInt();
        if (code == STREAM_NOT_FOUND && name instanceof ConsumerName) {
            throw new JetStreamException.NoStream(
                    "stream %s does not exist in JetStream: create it, or correct the name".formatted(name.stream()));
        }
        return accepted(answer);
    }

    private JsonNode accepted(JsonNode answer) throws JetStreamException {
        JsonNode error = answer.get("error");
        if (error == null) {
            return answer;
        }
        int code = error.path("err_code").asInt();
        String text = error.path("description").asText();
        String cure = Cures.of(code);
        switch (code) {
            case 10039, 10076 ->
                throw new JetStreamException.Disabled("%s: %s (%d). Enable JetStream in the server and for the account"
                        .formatted(settings, text, code));
            case 10008, 10004, 10009, 10077 ->
                throw new JetStreamException.Unreachable("%s: %s (%d)".formatted(settings, text, code));
            default ->
                throw new JetStreamException.Rejected(
                        code, "JetStream refused: %s (%d)%s".formatted(text, code, cure.isEmpty() ? "" : ". " + cure));
        }
    }

    private static int notFound(AssetName name) {
        return name instanceof StreamName ? STREAM_NOT_FOUND : CONSUMER_NOT_FOUND;
    }

    private <T> T announced(Advisory advisory, Call<T> call) throws JetStreamException {
        ownChanges.expect(advisory);
        try {
            return call.run();
        } catch (JetStreamException.Rejected | JetStreamException.Denied | JetStreamException.NoStream e) {
            ownChanges.forget(advisory);
            throw e;
        }
    }

    private void subscribe(Connection fresh) {
        Dispatcher dispatcher = fresh.createDispatcher(this::heard);
        for (Advisory.Action action : Advisory.Action.values()) {
            if (action != Advisory.Action.PAUSE) {
                dispatcher.subscribe(ADVISORY + "STREAM." + action + ".*");
            }
            dispatcher.subscribe(ADVISORY + "CONSUMER." + action + ".*.*");
        }
        try {
            fresh.flush(Duration.ofSeconds(2));
        } catch (TimeoutException e) {
            throw new IllegalStateException(settings + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(Message message) {
        String[] tokens = message.getSubject().substring(ADVISORY.length()).split("[.]", -1);
        AssetName name =
                tokens[0].equals("STREAM") ? new StreamName(tokens[2]) : new ConsumerName(tokens[2], tokens[3]);
        var advisory = new Advisory(Advisory.Action.valueOf(tokens[1]), name);
        boolean isOwn = ownChanges.isOwn(advisory);
        LOG.debug("{} of {}, {}", advisory.action(), name, isOwn ? "ours" : "by others");
        if (!isOwn) {
            listener.changed(settings, advisory);
        }
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode parse(byte[] answer) throws JetStreamException {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new JetStreamException.Unreachable(settings + " answered with something that is no JSON");
        }
    }

    private interface Call<T> {
        T run() throws JetStreamException;
    }
}
