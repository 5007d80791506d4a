package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TellingDataPortTest {
    private final TestAuthority authority = new TestAuthority();

    @Test
    void aServerThatRefusesTheClientCertificateAfterTheHandshakeIsHeard() throws Exception {
        Queue<Exception> told = new ConcurrentLinkedQueue<>();
        KeyPair keys = TestAuthority.keys("EC");
        SSLContext own = TlsContext.of(new TlsSettings(
                authority.certificate(),
                authority.certificate(keys.getPublic(), "localhost"),
                new Sensitive(TestAuthority.pkcs8(keys.getPrivate())),
                false));
        try (var server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(server, own));
            var builder = new Options.Builder().maxReconnects(0).errorListener(new ErrorListener() {
                @Override
                public void exceptionOccurred(Connection source, Exception exception) {
                    told.add(exception);
                }
            });
            var settings = new ConnectionSettings(
                    List.of(URI.create("tls://localhost:" + server.getLocalPort())),
                    new Credentials.None(),
                    new TlsSettings(authority.certificate(), null, null, false),
                    ConnectionSettings.API);
            Access.put(settings, List.of(), builder);

            assertThatThrownBy(() -> Nats.connect(builder.build())).isInstanceOf(IOException.class);
        }
        assertThat(told).anySatisfy(failure -> assertThat(failure)
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("certificate_required"));
    }

    /** Greets everybody, and goes on with TLS, which fails for those without a certificate. */
    private static void refuse(ServerSocket server, SSLContext own) {
        try {
            while (true) {
                try (Socket plain = server.accept()) {
                    plain.getOutputStream()
                            .write("INFO {\"server_id\": \"test\", \"tls_required\": true}\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
                    var secure = (SSLSocket) own.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
                    secure.setUseClientMode(false);
                    secure.setNeedClientAuth(true);
                    secure.getInputStream().read();
                } catch (SSLException e) {
                    // refused
                }
            }
        } catch (IOException e) {
            // closed
        }
    }
}
