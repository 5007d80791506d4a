package io.jetwright.nats;

import io.nats.client.ErrorListener;
import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the error listener about TLS errors while jnats reads. During an attempt to connect, jnats tells nobody about them.
 * With TLS 1.3, the server refuses a client certificate after the handshake, and without this class that would look like a
 * server that does not answer. Public, since jnats instantiates it by its name.
 */
public final class TellingDataPort extends SocketDataPortWithWriteTimeout {
    private @Nullable ErrorListener listener;

    @Override
    public void afterConstruct(Options options) {
        super.afterConstruct(options);
        listener = options.getErrorListener();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (SSLException e) {
            if (listener != null) {
                listener.exceptionOccurred(connection, e);
            }
            throw e;
        }
    }
}
