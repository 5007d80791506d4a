package io.jetwright.it;

import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Issues what a nats-server with decentralised authentication trusts: an account, and credentials files for its users. */
final class NatsAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final NKey operator = NKey.createOperator(RANDOM);
    private final NKey system = NKey.createAccount(RANDOM);
    private final NKey apps = NKey.createAccount(RANDOM);

    NatsAuthority() throws Exception {}

    /** For the server's configuration file. */
    String configuration() throws Exception {
        return """
                operator: %s
                system_account: %s
                resolver: MEMORY
                resolver_preload: {
                  %s: %s
                  %s: %s
                }
                """.formatted(
                jwt(operator, "operator", "{\"type\":\"operator\",\"version\":2}"),
                publicKey(system),
                publicKey(system),
                jwt(system, "system", account("")),
                publicKey(apps),
                jwt(apps, "apps", account("\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1,")));
    }

    private static String account(String limits) {
        return """
                {"type":"account","version":2,"limits":{%s"subs":-1,"data":-1,"payload":-1,"conn":-1,"leaf":-1,
                "imports":-1,"exports":-1,"wildcards":true}}""".formatted(limits);
    }

    private String jwt(NKey subject, String name, String claim) throws Exception {
        return JwtUtils.issueJWT(
                operator, publicKey(subject), name, null, 1, publicKey(operator), (JsonSerializable) () -> claim);
    }

    /** A new user's credentials, as {@code nsc} writes them. */
    void writeCredentials(Path file) throws Exception {
        NKey user = NKey.createUser(RANDOM);
        String jwt = JwtUtils.issueUserJWT(apps, publicKey(apps), publicKey(user));
        Files.writeString(file, String.format(JwtUtils.NATS_USER_JWT_FORMAT, jwt, new String(user.getSeed())));
    }

    private static String publicKey(NKey key) throws Exception {
        return new String(key.getPublicKey());
    }
}
