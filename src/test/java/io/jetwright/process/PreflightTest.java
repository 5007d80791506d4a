package io.jetwright.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.jetwright.api.EventLogger;
import io.jetwright.api.Stream;
import io.jetwright.operator.connection.FakeApiServer;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {
    private final FakeApiServer kubernetes = new FakeApiServer();
    private final Preflight preflight = new Preflight(kubernetes.client(), "the operator");

    @AfterEach
    void close() {
        kubernetes.close();
    }

    @Test
    void theClusterIsIdentifiedByTheNamespaceKubeSystem() {
        kubernetes.put(new NamespaceBuilder()
                .withNewMetadata()
                .withName("kube-system")
                .withUid("uid-of-the-cluster")
                .endMetadata()
                .build());
        assertThat(preflight.clusterId()).isEqualTo("uid-of-the-cluster");
    }

    @Test
    void withoutTheNamespaceKubeSystemTheIdHasToBeSet() {
        assertThatIllegalStateException()
                .isThrownBy(preflight::clusterId)
                .withMessage("there is no namespace kube-system, whose UID identifies this cluster: set CLUSTER_ID");
    }

    @Test
    void whoMayNotReadTheNamespaceKubeSystemIsToldOfTheSetting() {
        kubernetes.forbid("namespaces");
        assertThatIllegalStateException()
                .isThrownBy(preflight::clusterId)
                .withMessageStartingWith(
                        "the operator may not get the namespace kube-system, whose UID identifies this cluster, unless CLUSTER_ID is set: allow it to its service account");
    }

    @Test
    void resourcesAreListedInAllNamespacesOneAtMost() {
        preflight.list(Stream.class, Set.of());
        assertThat(kubernetes.requests()).containsExactly("GET /apis/jetwright.io/v1beta1/streams?limit=1");
    }

    @Test
    void resourcesAreListedInEachOfTheGivenNamespaces() {
        preflight.list(Stream.class, Set.of("shop", "bank"));
        assertThat(kubernetes.requests())
                .containsExactlyInAnyOrder(
                        "GET /apis/jetwright.io/v1beta1/namespaces/shop/streams?limit=1",
                        "GET /apis/jetwright.io/v1beta1/namespaces/bank/streams?limit=1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | refuses the credentials: correct those in KUBECONFIG, or the service account
            403 | the operator may not list and watch streams.jetwright.io in namespace shop: allow it to its service account
            404 | the operator cannot list and watch streams.jetwright.io in namespace shop, which Kubernetes does not know: install them
            500 | the operator cannot list and watch streams.jetwright.io in namespace shop:
            """)
    void whatTheApiServerRefusesIsSaidWithTheCure(int code, String message) {
        kubernetes.refuse("streams", code);
        assertThatIllegalStateException()
                .isThrownBy(() -> preflight.list(Stream.class, Set.of("shop")))
                .withMessageContaining(message);
    }

    @Test
    void anApiServerThatIsAwayIsSaidWithTheCure() {
        kubernetes.stop();
        assertThatIllegalStateException()
                .isThrownBy(() -> preflight.list(Stream.class, Set.of()))
                .withMessageContaining("cannot be reached: see whether it runs there, and whether KUBECONFIG is right");
    }

    @Test
    void whatCanBeListedIsNotRefused() {
        assertThat(preflight.refusal(EventLogger.class, Set.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void whatTheOperatorCanDoWithoutIsARefusal(int code) {
        kubernetes.refuse("eventloggers", code);
        assertThat(preflight.refusal(EventLogger.class, Set.of()))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("eventloggers.jetwright.io"));
    }

    @Test
    void anyOtherFailureIsNoRefusal() {
        kubernetes.refuse("eventloggers", 401);
        assertThatIllegalStateException()
                .isThrownBy(() -> preflight.refusal(EventLogger.class, Set.of()))
                .withMessageContaining("refuses the credentials");
    }
}
