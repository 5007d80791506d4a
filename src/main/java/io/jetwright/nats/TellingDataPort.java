package io.jetwright.nats;

import io.nats.client.ErrorListener;
import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the error listener of what TLS finds wrong while it reads. jnats keeps that to itself while it connects, so that a
 * server's refusal of the client certificate, which TLS 1.3 sends after the handshake, would look like no answer at all.
 * Public, since jnats makes it by its name.
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
