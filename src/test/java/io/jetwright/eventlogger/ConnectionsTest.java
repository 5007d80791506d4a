package io.jetwright.eventlogger;

import static io.jetwright.Patience.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a server of its own, whose answer is who has asked. */
class ConnectionsTest {
    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

    private final List<Socket> sockets = new ArrayList<>();
    private final List<WebServer> servers = new ArrayList<>();
    private final List<Connections> started = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /** At /slow it has the client wait until it is over, after a millisecond. */
    private int start(Connections connections) {
        WebServer server = WebServer.builder()
                .port(0)
                .host(LOOPBACK)
                .useNio(false)
                .shutdownHook(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                .routing(routing -> routing.any("/slow", (request, response) -> {
                            connections.current().deadline().set(Duration.ofMillis(1));
                            end.await();
                        })
                        .any((request, response) ->
                                response.send(connections.current().peer().getHostAddress())))
                .build()
                .start();
        servers.add(server);
        connections.start();
        started.add(connections);
        return server.port();
    }

    private static Connections connections(String trusted, int most) {
        return new Connections(new Clients(trusted.isEmpty() ? List.of() : List.of(Network.parse(trusted)), most), 0);
    }

    private Socket connect(int port) throws IOException {
        var socket = new Socket(LOOPBACK, port);
        socket.setSoTimeout(60_000);
        sockets.add(socket);
        return socket;
    }

    /** The answer, as far as it comes at once; empty if the connection was closed. */
    private static String ask(Socket socket, String path) throws IOException {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(US_ASCII));
        var answer = new byte[2000];
        int length = socket.getInputStream().read(answer);
        return length < 0 ? "" : new String(answer, 0, length, US_ASCII);
    }

    @AfterEach
    void end() throws IOException {
        end.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        servers.forEach(WebServer::stop);
        started.forEach(Connections::close);
    }

    @Test
    void anAddressHasSoManyAndIsToldWhenThereAreMore() throws Exception {
        Connections connections = connections("", 2);
        int port = start(connections);
        assertThat(ask(connect(port), "/")).startsWith("HTTP/1.1 200").endsWith(LOOPBACK);
        assertThat(ask(connect(port), "/")).startsWith("HTTP/1.1 200");
        assertThat(connections.count()).isEqualTo(2);

        Socket third = connect(port);
        assertThat(ask(third, "/"))
                .startsWith("HTTP/1.1 503")
                .contains(
                        "Retry-After: 2\r\n",
                        "Connection: close\r\n",
                        "there are too many connections of this address");
        assertThat(third.getInputStream().read()).isEqualTo(-1);
        assertThat(connections.refused()).isEqualTo(1);

        sockets.getFirst().close();
        await().until(() -> connections.count() == 1);
        assertThat(ask(connect(port), "/")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aTrustedProxyHasMore() throws Exception {
        Connections connections = connections("127.0.0.0/8", 1);
        int port = start(connections);

        for (int i = 0; i < 3; i++) {
            assertThat(ask(connect(port), "/")).startsWith("HTTP/1.1 200");
        }
        assertThat(connections.refused()).isZero();
    }

    @Test
    void allTogetherHaveSoManyWhoeverTheyAre() throws Exception {
        Connections connections = connections("127.0.0.0/8", 1);
        int port = start(connections);
        for (int i = 0; i < 256; i++) {
            connect(port);
        }
        await().until(() -> connections.count() == 256);

        assertThat(ask(connect(port), "/")).startsWith("HTTP/1.1 503").contains("there are too many connections");
    }

    @Test
    void aConnectionWhoseTimeIsOverIsClosed() throws Exception {
        Connections connections = connections("", 2);
        int port = start(connections);

        assertThat(ask(connect(port), "/slow")).isEmpty();

        assertThat(connections.expired()).isEqualTo(1);
        end.countDown();
        await().until(() -> connections.count() == 0);
    }

    @Test
    void onlyItsOwnThreadHasAConnection() {
        assertThatIllegalStateException().isThrownBy(connections("", 1)::current);
    }
}
