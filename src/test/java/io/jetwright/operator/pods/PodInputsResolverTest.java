package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.SecretData;
import io.jetwright.status.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodInputsResolverTest {
    private static final String STREAM = """
            ---
            apiVersion: jetwright.io/v1beta1
            kind: Stream
            metadata: {name: orders, namespace: shop}
            spec: {name: ORDERS, connectionRef: {name: hub}}
            """;

    private static final String CONNECTION = """
            ---
            apiVersion: jetwright.io/v1beta1
            kind: Connection
            metadata: {name: hub, namespace: %s, uid: u}
            spec: {servers: ["nats://hub:4222"], token: {secret: {name: hub-token}}}
            """;

    private static Surroundings<Archiver> archiver(String spec, String... others) {
        return Surroundings.of(Archiver.class, """
                apiVersion: example.com/v1
                kind: Archiver
                metadata: {name: archive, namespace: shop, uid: a}
                spec: {%s}
                """.formatted(spec) + String.join("", others));
    }

    private static PodInputs resolve(Surroundings<Archiver> surroundings) {
        return surroundings.resolver(Archiver::references).resolve(surroundings.resource());
    }

    @Test
    void streamImageAndAccessComeFromWhatTheResourceNames() {
        var inputs = resolve(archiver("source: {name: orders}", STREAM, CONNECTION.formatted("shop")));
        assertThat(inputs).isInstanceOfSatisfying(PodInputs.Resolved.class, resolved -> {
            assertThat(resolved.stream()).isEqualTo("ORDERS");
            assertThat(resolved.image()).isEqualTo(PodImage.of("registry.example/jetwright:1.0"));
            assertThat(resolved.access().environment())
                    .extracting(EnvVar::getName)
                    .containsExactly("NATS_URL", "NATS_TOKEN_FILE");
            assertThat(resolved.access().mounts())
                    .extracting(VolumeMount::getMountPath)
                    .containsExactly("/etc/nats-credentials");
            assertThat(resolved.access().fingerprint()).isNotEmpty();
        });
    }

    @Test
    void whatNamesNoStreamHasNone() {
        assertThat(resolve(archiver("image: mine"))).isInstanceOfSatisfying(PodInputs.Resolved.class, resolved -> {
            assertThat(resolved.stream()).isEmpty();
            assertThat(resolved.image()).isEqualTo(PodImage.of("mine"));
            assertThat(resolved.access().fingerprint()).isEmpty();
        });
    }

    @Test
    void aStreamResourceThatIsMissingBlocks() {
        assertThat(resolve(archiver("source: {name: orders}")))
                .isEqualTo(new PodInputs.Blocked(
                        Reason.STREAM_NOT_READY,
                        "there is no Stream resource orders in namespace shop: create it, or correct spec.streamRef"));
    }

    @Test
    void anUnknownImageBlocks() {
        assertThat(resolve(archiver("").withoutImage()))
                .isInstanceOfSatisfying(PodInputs.Blocked.class, blocked -> assertThat(blocked.reason())
                        .isEqualTo(Reason.IMAGE_UNKNOWN));
    }

    @Test
    void credentialsOfAnotherNamespaceBlock() {
        assertThat(resolve(archiver("connection: {name: hub, namespace: nats}", CONNECTION.formatted("nats"))))
                .isInstanceOfSatisfying(PodInputs.Blocked.class, blocked -> {
                    assertThat(blocked.reason()).isEqualTo(Reason.CREDENTIALS_ELSEWHERE);
                    assertThat(blocked.message()).contains("its Secret hub-token in namespace nats");
                });
    }

    @Test
    void whileTheRouteIsNotKnownTheInputsArePending() {
        var surroundings = archiver("connection: {name: hub}", CONNECTION.formatted("shop"));
        assertThat(resolve(surroundings.route("shop/hub", new Route.Pending()))).isEqualTo(new PodInputs.Pending());
    }

    @Test
    void theConnectionIsTheOneThatIsNamedElseThatOfTheStream() {
        var naming = archiver("source: {name: orders}, connection: {name: own}", STREAM);
        assertThat(naming.resolver(Archiver::references).connectionKey(naming.resource()))
                .isEqualTo("shop/own");
        var following = archiver("source: {name: orders}", STREAM);
        assertThat(following.resolver(Archiver::references).connectionKey(following.resource()))
                .isEqualTo("shop/hub");
        var neither = archiver("");
        assertThat(neither.resolver(Archiver::references).connectionKey(neither.resource()))
                .isEmpty();
        assertThat(neither.resolver(Archiver::references).route(neither.resource()))
                .isInstanceOf(Route.Open.class);
    }

    private static PodInputs needing(SecretData known, boolean mayBeBlank) {
        var surroundings = archiver("image: mine").secret("token", known);
        var key = new SecretKey("token", "bearer", "spec.token", mayBeBlank);
        return surroundings
                .resolver(archiver -> new PodReferences(null, null, "mine", null, List.of(key)))
                .resolve(surroundings.resource());
    }

    private static SecretData present(String key, String value) {
        return new SecretData.Present(
                Map.of(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aSecretThatThePodsNeedBlocksUntilItsKeyIsThere() {
        assertThat(needing(new SecretData.Absent(), true))
                .isEqualTo(
                        new PodInputs.Blocked(
                                Reason.SECRET_NOT_FOUND,
                                "there is no Secret token in namespace shop, which the pods need: create it, or correct spec.token"));
        assertThat(needing(present("other", "t0ken"), true))
                .isEqualTo(
                        new PodInputs.Blocked(
                                Reason.SECRET_INVALID,
                                "Secret token in namespace shop, which the pods need, has no key bearer: add it, or correct spec.token"));
        assertThat(needing(new SecretData.Unread(), true)).isEqualTo(new PodInputs.Pending());
        assertThat(needing(present("bearer", "t0ken"), true)).isInstanceOf(PodInputs.Resolved.class);
    }

    @Test
    void aBlankValueBlocksWhereATextIsNeeded() {
        assertThat(needing(present("bearer", " \n"), true)).isInstanceOf(PodInputs.Resolved.class);
        assertThat(needing(present("bearer", " \n"), false))
                .isEqualTo(
                        new PodInputs.Blocked(
                                Reason.SECRET_INVALID,
                                "Secret token in namespace shop, which the pods need, has nothing under the key bearer: fill it, or correct spec.token"));
        assertThat(needing(present("bearer", "t0ken"), false)).isInstanceOf(PodInputs.Resolved.class);
    }

    /** A Role may name the Secrets that may be read; the pods get theirs from the kubelet. */
    @Test
    void aSecretThatMayNotBeReadBlocksNothing() {
        assertThat(needing(new SecretData.Forbidden("list the secret token in namespace shop"), false))
                .isInstanceOf(PodInputs.Resolved.class);
    }

    @Test
    void whatIsMissingIsToldBeforeWhatIsNotKnownYet() {
        var surroundings = archiver("").secret("unread", new SecretData.Unread());
        List<SecretKey> keys =
                List.of(new SecretKey("unread", "a", "spec.a", true), new SecretKey("absent", "b", "spec.b", true));
        assertThat(surroundings
                        .resolver(archiver -> new PodReferences(null, null, "mine", null, keys))
                        .resolve(surroundings.resource()))
                .isInstanceOf(PodInputs.Blocked.class);
    }
}
