package io.jetwright.nats;

import io.nats.client.NKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/** Seeds, JWTs and credentials files, made for the test. */
final class TestCredentials {
    private TestCredentials() {}

    /** The seed of a new user. */
    static String seed() throws IOException, GeneralSecurityException {
        return new String(NKey.createUser(new SecureRandom()).getSeed());
    }

    /** The seed of a new account, which is no user's. */
    static String accountSeed() throws IOException, GeneralSecurityException {
        return new String(NKey.createAccount(new SecureRandom()).getSeed());
    }

    /** A JWT with these claims; its signature is none. */
    static String jwt(String claims) {
        return encode("{\"alg\": \"ed25519-nkey\"}") + "." + encode(claims) + ".signature";
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A credentials file as nsc writes it. */
    static String file(String jwt, String seed) {
        return """
                -----BEGIN NATS USER JWT-----
                %s
                ------END NATS USER JWT------

                ************************* IMPORTANT *************************
                NKEY Seed printed below can be used to sign and prove identity.

                -----BEGIN USER NKEY SEED-----
                %s
                ------END USER NKEY SEED------

                *************************************************************
                """.formatted(jwt, seed);
    }
}
