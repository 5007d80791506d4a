package io.jetwright.nats;

import org.jspecify.annotations.Nullable;

/**
 * The settings for TLS. All texts are PEM.
 *
 * @param authorities the certificates of the authorities to trust, one or more; null for those that Java trusts
 * @param certificate the client's, followed by its chain; null for none
 * @param key the key of the client's certificate, not encrypted; null for none
 * @param first whether TLS starts before the server's greeting ({@code handshake_first})
 */
public record TlsSettings(
        @Nullable String authorities,
        @Nullable String certificate,
        @Nullable Sensitive key,
        boolean first) {
    /** TLS with the authorities that Java trusts, and without a client certificate. */
    public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, false);

    /**
     * Checks that the texts can be read.
     *
     * @throws IllegalArgumentException if one cannot; the message says which, and quotes nothing
     */
    public void check() {
        TlsContext.of(this);
    }
}
