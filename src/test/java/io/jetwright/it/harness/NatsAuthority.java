package io.jetwright.it.harness;

import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Issues what a nats-server with decentralised authentication trusts: an account, and credentials files for its users. */
public final class NatsAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The same each time, and so is a JWT. */
    private static final long ISSUED = 1_767_225_600;

    private final NKey operator = NKey.createOperator(RANDOM);
    private final NKey system = NKey.createAccount(RANDOM);
    private final NKey apps = NKey.createAccount(RANDOM);
    private final Map<String, NKey> accounts = new LinkedHashMap<>();

    public NatsAuthority() throws Exception {}

    /** For the server's configuration file; to be asked for when all accounts are there. */
    public String configuration() throws Exception {
        String allowed = claim("\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1,");
        var preloaded = new StringBuilder();
        preload(preloaded, system, "system", claim(""));
        preload(preloaded, apps, "apps", allowed);
        for (var each : accounts.entrySet()) {
            preload(preloaded, each.getValue(), each.getKey(), allowed);
        }
        return """
                operator: %s
                system_account: %s
                resolver: MEMORY
                resolver_preload: {
                %s}
                """.formatted(
                jwt(operator, "operator", "{\"type\":\"operator\",\"version\":2}"), publicKey(system), preloaded);
    }

    private void preload(StringBuilder preloaded, NKey account, String name, String claim) throws Exception {
        preloaded
                .append(publicKey(account))
                .append(": ")
                .append(jwt(account, name, claim))
                .append('\n');
    }

    /** One more account with JetStream, and a user of it. */
    public Account account(String name) throws Exception {
        NKey key = NKey.createAccount(RANDOM);
        accounts.put(name, key);
        return new Account(key, NKey.createUser(RANDOM));
    }

    /** An account, as one user knows it. */
    public record Account(NKey key, NKey user) {
        public String id() throws Exception {
            return publicKey(key);
        }

        public String userId() throws Exception {
            return publicKey(user);
        }

        public String seed() {
            return new String(user.getSeed());
        }

        public String jwt() throws Exception {
            return JwtUtils.issueUserJWT(key, id(), userId(), "jetwright", null, null, ISSUED);
        }

        public String credentials() throws Exception {
            return String.format(JwtUtils.NATS_USER_JWT_FORMAT, jwt(), seed());
        }

        /** Those of a user who will not be let in any more after a while. */
        public String credentials(Duration validity) throws Exception {
            String jwt = JwtUtils.issueUserJWT(key, id(), userId(), "jetwright", validity);
            return String.format(JwtUtils.NATS_USER_JWT_FORMAT, jwt, seed());
        }
    }

    private static String claim(String limits) {
        return """
                {"type":"account","version":2,"limits":{%s"subs":-1,"data":-1,"payload":-1,"conn":-1,"leaf":-1,
                "imports":-1,"exports":-1,"wildcards":true}}""".formatted(limits);
    }

    private String jwt(NKey subject, String name, String claim) throws Exception {
        return JwtUtils.issueJWT(
                operator, publicKey(subject), name, null, 1, publicKey(operator), (JsonSerializable) () -> claim);
    }

    /** A new user's credentials, as {@code nsc} writes them. */
    public void writeCredentials(Path file) throws Exception {
        NKey user = NKey.createUser(RANDOM);
        String jwt = JwtUtils.issueUserJWT(apps, publicKey(apps), publicKey(user));
        Files.writeString(file, String.format(JwtUtils.NATS_USER_JWT_FORMAT, jwt, new String(user.getSeed())));
    }

    private static String publicKey(NKey key) throws Exception {
        return new String(key.getPublicKey());
    }
}
