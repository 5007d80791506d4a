package io.jetwright.nats;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Shows a change of secrets to people who may not see the secrets. Computing a fingerprint is slow (PBKDF2), so that nobody
 * can find a password by trying.
 */
public final class Fingerprint {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int ROUNDS = 100_000;
    private static final int BITS = 128;

    private final StringBuilder secrets = new StringBuilder();

    private Fingerprint() {}

    /**
     * The fingerprint of the secrets and certificates in the settings. Equal secrets with an equal salt have the same
     * fingerprint in all versions of Jetwright. Takes about a tenth of a second.
     *
     * @param salt differs where the fingerprints of equal secrets have to differ
     * @return hexadecimal; empty if the settings have no secrets and no certificates
     */
    public static String of(ConnectionSettings settings, String salt) {
        var fingerprint = new Fingerprint();
        fingerprint.add(settings.credentials());
        TlsSettings tls = settings.tls();
        if (tls != null) {
            fingerprint.add("authorities", tls.authorities());
            fingerprint.add("certificate", tls.certificate());
            fingerprint.add("key", tls.key());
        }
        return fingerprint.derive(salt);
    }

    private void add(Credentials credentials) {
        switch (credentials) {
            case Credentials.None none -> {}
            case Credentials.File file -> add("file", file.path().toString());
            case Credentials.Nkey nkey -> {
                add("jwt", nkey.jwt());
                add("seed", nkey.seed());
            }
            case Credentials.User user -> {
                add("name", user.name());
                add("password", user.password());
            }
            case Credentials.Token token -> add("token", token.token());
        }
    }

    private void add(String what, @Nullable Sensitive text) {
        add(what, text == null ? null : text.reveal());
    }

    private void add(String what, @Nullable String text) {
        if (text != null) {
            secrets.append(what)
                    .append(' ')
                    .append(text.length())
                    .append(' ')
                    .append(text)
                    .append('\n');
        }
    }

    private String derive(String salt) {
        if (secrets.isEmpty()) {
            return "";
        }
        byte[] salted = ("jetwright " + salt).getBytes(StandardCharsets.UTF_8);
        var specification = new PBEKeySpec(secrets.toString().toCharArray(), salted, ROUNDS, BITS);
        try {
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance(ALGORITHM)
                            .generateSecret(specification)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing in this Java", e);
        } finally {
            specification.clearPassword();
        }
    }
}
