package io.jetwright.eventlogger;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How NATS lets the app in. Secrets are in files only, and are read at each attempt to connect.
 *
 * @param credentials a file as nsc writes it
 * @param nkey a file with the seed
 * @param user a file with the name; present if and only if the password is
 * @param token a file with the token
 */
record NatsAccess(
        Optional<Path> credentials,
        Optional<Path> nkey,
        Optional<Path> user,
        Optional<Path> password,
        Optional<Path> token,
        Tls tls) {

    /**
     * @param authorities who may sign the servers' certificates; empty: Java's own
     * @param certificate the client's, with its chain; present if and only if the key is
     * @param isFirst whether the handshake comes before the server's greeting
     */
    record Tls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key, boolean isFirst) {}
}
