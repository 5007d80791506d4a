package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.nats.ConnectionSettings;
import io.nats.client.Connection;
import io.nats.client.api.ServerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a server for its facts. */
final class ServerInquiry {
    private static final Logger LOG = LoggerFactory.getLogger(ServerInquiry.class);
    private static final String USER_INFO = "$SYS.REQ.USER.INFO";

    private final ConnectionSettings settings;
    private final JetStreamConnection connection;
    private final ApiClient api;

    /** The last connection that was asked for its account, and the answer. */
    private volatile Map.@Nullable Entry<Connection, Optional<String>> account;

    ServerInquiry(ConnectionSettings settings, JetStreamConnection connection, ApiClient api) {
        this.settings = settings;
        this.connection = connection;
        this.api = api;
    }

    /** See {@link ConnectionHealth#facts}. */
    ServerFacts facts() throws JetStreamException {
        Connection current = connection.connection();
        ServerInfo server = current.getServerInfo();
        Duration rtt;
        try {
            rtt = current.RTT();
        } catch (IOException e) {
            throw new JetStreamException.Unreachable(settings + " does not answer a ping");
        }
        JsonNode limits = api.accountInfo();
        return new ServerFacts(
                server.getServerName(),
                server.getVersion(),
                server.getCluster(),
                rtt,
                account(current).orElse(null),
                limits);
    }

    /**
     * The account of the connection's user. It is asked for once per connection: a user without the permission, or a server
     * without this service, would have each inquiry wait in vain.
     */
    private Optional<String> account(Connection current) {
        var known = account;
        if (known != null && known.getKey() == current) {
            return known.getValue();
        }
        Optional<String> answer = Optional.empty();
        try {
            JsonNode user = api.request(USER_INFO).path("data");
            answer = Stream.of("account_name", "account")
                    .map(field -> user.path(field).asText(""))
                    .filter(text -> !text.isEmpty())
                    .findFirst();
        } catch (JetStreamException e) {
            LOG.debug("{}: {}", settings, e.getMessage());
        }
        account = Map.entry(current, answer);
        return answer;
    }
}
