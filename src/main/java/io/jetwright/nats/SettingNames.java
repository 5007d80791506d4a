package io.jetwright.nats;

/**
 * The names of TLS settings in the place where users configure the connection. Messages about failures name what to change.
 *
 * @param tls the setting that turns TLS on
 * @param first the setting that starts TLS before the server's greeting ({@code handshake_first})
 * @param authorities the certificates to trust
 * @param clientCertificate the client's certificate and its key
 */
public record SettingNames(String tls, String first, String authorities, String clientCertificate) {}
