package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.ConnectionSpec;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.Sensitive;
import io.jetwright.nats.TlsSettings;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodAccessTemplateTest {
    private static ConnectionSettings settings(String servers, @Nullable TlsSettings tls, String api) {
        return new ConnectionSettings(
                List.of(servers.split(",", -1)).stream().map(URI::create).toList(),
                new Credentials.Token(new Sensitive("secret-value")),
                tls,
                api);
    }

    private static ConnectionSettings settings(@Nullable TlsSettings tls) {
        return settings("nats://nats:4222", tls, ConnectionSettings.API);
    }

    private static ConnectionSpec connection(String spec) {
        return Serialization.unmarshal(
                "--- {servers: [\"nats://nats:4222\"], %s}".formatted(spec), ConnectionSpec.class);
    }

    private static String environment(PodAccess access) {
        return access.environment().stream()
                .map(variable -> variable.getName() + "=" + variable.getValue())
                .collect(Collectors.joining(" "));
    }

    /** The files of the volumes, each as SECRET/KEY=FILE. */
    private static String files(PodAccess access) {
        return access.volumes().stream()
                .flatMap(volume -> volume.getSecret().getItems().stream()
                        .map(item -> volume.getSecret().getSecretName() + "/" + item.getKey() + "=" + item.getPath()))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            creds: {secret: {name: s}, file: k}                   | s/k=user.creds                    | NATS_CREDENTIALS=/etc/nats-credentials/user.creds
            nkey: {secret: {name: s}, seed: k}                    | s/k=seed                          | NATS_NKEY_FILE=/etc/nats-credentials/seed
            jwt: {secret: {name: s}, jwt: j, seed: k}             | s/j=jwt s/k=seed                  | NATS_JWT_FILE=/etc/nats-credentials/jwt NATS_NKEY_FILE=/etc/nats-credentials/seed
            user: {secret: {name: s}, user: u, password: p}       | s/p=password s/u=username         | NATS_PASSWORD_FILE=/etc/nats-credentials/password NATS_USER_FILE=/etc/nats-credentials/username
            token: {secret: {name: s}, token: k}                  | s/k=token                         | NATS_TOKEN_FILE=/etc/nats-credentials/token
            domain: hub                                           | ''                                | ''
            """)
    void credentialsAreFilesFromTheirSecret(String spec, String files, String variables) {
        PodAccess access = PodAccessTemplate.access(settings(null), connection(spec), "f");
        assertThat(files(access)).isEqualTo(files);
        assertThat(environment(access)).isEqualTo(("NATS_URL=nats://nats:4222 " + variables).strip());
        assertThat(access.mounts()).allMatch(VolumeMount::getReadOnly).hasSameSizeAs(access.volumes());
        assertThat(access.fingerprint()).isEqualTo("f");
        assertThat(access.toString()).doesNotContain("secret-value");
    }

    @Test
    void ofTheTlsSecretOnlyWhatIsUsedIsMounted() {
        ConnectionSpec connection = connection("tls: {secret: {name: s}}");
        var authorities = new TlsSettings("authorities", null, null, false);
        assertThat(files(PodAccessTemplate.access(settings(authorities), connection, "")))
                .isEqualTo("s/ca.crt=ca.crt");
        var all = new TlsSettings("authorities", "certificate", new Sensitive("key"), false);
        PodAccess access = PodAccessTemplate.access(settings(all), connection, "");
        assertThat(files(access)).isEqualTo("s/ca.crt=ca.crt s/tls.crt=tls.crt s/tls.key=tls.key");
        assertThat(environment(access))
                .isEqualTo("NATS_URL=tls://nats:4222 NATS_TLS_CA_FILE=/etc/nats-tls/ca.crt"
                        + " NATS_TLS_CERT_FILE=/etc/nats-tls/tls.crt NATS_TLS_KEY_FILE=/etc/nats-tls/tls.key");
    }

    @Test
    void tlsWithoutSecretIsInTheSchemes() {
        var settings = settings(
                "nats://a:4222,ws://b:80,tls://c:4222,wss://d:443", TlsSettings.DEFAULT, ConnectionSettings.API);
        PodAccess access = PodAccessTemplate.access(settings, connection("tls: {}"), "");
        assertThat(environment(access)).isEqualTo("NATS_URL=tls://a:4222,wss://b:80,tls://c:4222,wss://d:443");
        assertThat(access.volumes()).isEmpty();
    }

    @Test
    void tlsThatBeginsBeforeTheServerSpeaksIsAVariable() {
        var first = new TlsSettings(null, null, null, true);
        assertThat(environment(PodAccessTemplate.access(settings(first), connection("tlsFirst: true"), "")))
                .isEqualTo("NATS_URL=tls://nats:4222 NATS_TLS_FIRST=true");
    }

    @Test
    void anotherPrefixOfTheApiIsAVariable() {
        var settings = settings("nats://nats:4222", null, ConnectionSettings.apiOfDomain("hub"));
        assertThat(environment(PodAccessTemplate.access(settings, null, "")))
                .isEqualTo("NATS_URL=nats://nats:4222 JETSTREAM_API_PREFIX=$JS.hub.API");
    }
}
