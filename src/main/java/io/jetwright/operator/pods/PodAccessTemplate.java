package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.jetwright.api.ConnectionSpec;
import io.jetwright.api.CredsSecret;
import io.jetwright.api.JwtSecret;
import io.jetwright.api.NkeySecret;
import io.jetwright.api.SecretReference;
import io.jetwright.api.TlsSecret;
import io.jetwright.api.TokenSecret;
import io.jetwright.api.UserSecret;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.TlsSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the environment and the files of a pod from a Connection; a pure function. The variables are those that
 * docs/reference/event-logger.md describes.
 */
final class PodAccessTemplate {
    private static final String CREDENTIALS = "nats-credentials";
    private static final String TLS = "nats-tls";

    private final ConnectionSettings settings;
    private final List<EnvVar> environment = new ArrayList<>();
    private final List<Volume> volumes = new ArrayList<>();
    private final List<VolumeMount> mounts = new ArrayList<>();

    private PodAccessTemplate(ConnectionSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes the access.
     *
     * @param settings what the Connection and its Secrets resolve to
     * @param connection null for the settings of the operator itself, which must have no credentials
     * @param fingerprint of the settings
     */
    static PodAccess access(ConnectionSettings settings, @Nullable ConnectionSpec connection, String fingerprint) {
        var template = new PodAccessTemplate(settings);
        template.variable("NATS_URL", template.servers());
        template.api();
        if (connection != null) {
            template.credentials(connection);
            template.tls(connection.tls());
        }
        return new PodAccess(template.environment, template.volumes, template.mounts, settings.ports(), fingerprint);
    }

    /** With TLS the scheme says so, since apps take TLS from the URL. */
    private String servers() {
        return settings.servers().stream()
                .map(URI::toString)
                .map(server -> settings.tls() == null
                        ? server
                        : server.replaceFirst("^nats://", "tls://").replaceFirst("^ws://", "wss://"))
                .collect(Collectors.joining(","));
    }

    private void api() {
        if (!settings.apiPrefix().equals(ConnectionSettings.API)) {
            variable("JETSTREAM_API_PREFIX", settings.apiPrefix());
        }
    }

    private void credentials(ConnectionSpec connection) {
        CredsSecret creds = connection.creds();
        if (creds != null) {
            mount(CREDENTIALS, creds.secret(), Map.of("NATS_CREDENTIALS", new File(creds.fileKey(), "user.creds")));
        }
        NkeySecret nkey = connection.nkey();
        if (nkey != null) {
            mount(CREDENTIALS, nkey.secret(), Map.of("NATS_NKEY_FILE", new File(nkey.seedKey(), "seed")));
        }
        JwtSecret jwt = connection.jwt();
        if (jwt != null) {
            mount(
                    CREDENTIALS,
                    jwt.secret(),
                    Map.of(
                            "NATS_JWT_FILE", new File(jwt.jwtKey(), "jwt"),
                            "NATS_NKEY_FILE", new File(jwt.seedKey(), "seed")));
        }
        UserSecret user = connection.user();
        if (user != null) {
            mount(
                    CREDENTIALS,
                    user.secret(),
                    Map.of(
                            "NATS_USER_FILE", new File(user.userKey(), "username"),
                            "NATS_PASSWORD_FILE", new File(user.passwordKey(), "password")));
        }
        TokenSecret token = connection.token();
        if (token != null) {
            mount(CREDENTIALS, token.secret(), Map.of("NATS_TOKEN_FILE", new File(token.tokenKey(), "token")));
        }
    }

    private void tls(@Nullable TlsSecret tls) {
        TlsSettings known = settings.tls();
        if (known == null) {
            return;
        }
        if (known.first()) {
            variable("NATS_TLS_FIRST", "true");
        }
        if (tls != null && tls.secret() != null) {
            Map<String, File> files = new TreeMap<>();
            if (known.authorities() != null) {
                files.put("NATS_TLS_CA_FILE", new File(tls.caKey(), "ca.crt"));
            }
            if (known.certificate() != null) {
                files.put("NATS_TLS_CERT_FILE", new File(tls.certKey(), "tls.crt"));
                files.put("NATS_TLS_KEY_FILE", new File(tls.keyKey(), "tls.key"));
            }
            mount(TLS, tls.secret(), files);
        }
    }

    private void mount(String volume, SecretReference secret, Map<String, File> files) {
        String folder = "/etc/" + volume;
        List<KeyToPath> items = new ArrayList<>();
        new TreeMap<>(files).forEach((variable, file) -> {
            items.add(new KeyToPath(file.key(), null, file.name()));
            variable(variable, folder + "/" + file.name());
        });
        volumes.add(new VolumeBuilder()
                .withName(volume)
                .withNewSecret()
                .withSecretName(secret.name())
                .withItems(items)
                .endSecret()
                .build());
        mounts.add(new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(folder)
                .withReadOnly(true)
                .build());
    }

    private void variable(String name, String value) {
        environment.add(new EnvVar(name, value, null));
    }

    /**
     * A key of a Secret.
     *
     * @param name of the file that it becomes
     */
    private record File(String key, String name) {}
}
