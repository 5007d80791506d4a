package io.jetwright.nats;

import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken. All texts are PEM.
 *
 * @param authorities the certificates to trust; null for those that Java trusts
 * @param certificate the client's; null for none
 * @param key the client certificate's; null for none
 * @param first whether TLS begins before the server says anything
 */
public record TlsSettings(
        @Nullable String authorities,
        @Nullable String certificate,
        @Nullable Sensitive key,
        boolean first) {
    /** TLS as Java does it if nothing else is said. */
    public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, false);

    /**
     * Checks that the texts are what they should be.
     *
     * @throws IllegalArgumentException if one is not; the message says which, and quotes nothing
     */
    public void check() {
        TlsContext.of(this);
    }
}
