package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.nats.ConnectionSettings;
import io.nats.client.Options;
import io.nats.client.ServerPool;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NatsOptionsTest {
    private final Network network = new Network();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void allConnectionsShareTheThreadsOfTheNetwork() {
        Options options = options("nats://localhost");

        assertThat(options.getExecutor()).isSameAs(network.tasks());
        assertThat(options.getConnectExecutor()).isSameAs(network.tasks());
        assertThat(options.getScheduledExecutor()).isSameAs(network.timer());
    }

    @Test
    void aNameIsTriedByItsAddresses() {
        assertThat(pool("nats://localhost").resolveHostToIps("localhost", false, false))
                .contains("127.0.0.1");
    }

    @Test
    void withTlsANameIsKept() {
        assertThat(pool("tls://localhost").resolveHostToIps("localhost", false, false))
                .isNull();
    }

    @Test
    void aNameWithoutAddressesIsKept() {
        assertThat(pool("nats://localhost").resolveHostToIps("a name with blanks.invalid", false, false))
                .isNull();
    }

    private ServerPool pool(String server) {
        return options(server).getServerPool();
    }

    private Options options(String server) {
        var builder = new Options.Builder();
        new NatsOptions(new ConnectionSettings(List.of(URI.create(server)), null), network).configure(builder);
        return builder.build();
    }
}
