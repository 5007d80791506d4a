package io.jetwright.nats;

/**
 * What those who configure a connection know its settings by; failures name them in their cures.
 *
 * @param tls what has TLS spoken
 * @param first what has TLS begin before the server says anything
 * @param authorities where the certificates to trust stand
 * @param clientCertificate where the client's certificate and its key stand
 */
public record SettingNames(String tls, String first, String authorities, String clientCertificate) {}
