package io.jetwright.it.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jetwright.it.harness.KubernetesChoice.Kind;
import io.jetwright.it.harness.KubernetesChoice.Machine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesChoiceTest {
    private static Machine notAsked() {
        throw new AssertionError("the machine need not be asked");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            API_SERVER     | CONTROL_PLANE
            OWN_API_SERVER | CONTROL_PLANE
            CONTROLLERS    | CONTROL_PLANE_WITH_CONTROLLERS
            """)
    void whatNeedsNoNodesGetsTheLeast(KubernetesNeed need, Kind kind) {
        assertThat(KubernetesChoice.of(need, Map.of(), KubernetesChoiceTest::notAsked)
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            docker        | DOCKER | a daemon answers
            node          | NODE   | root
            control-plane | NONE   | no root
            """)
    void whatNeedsNodesGetsWhatTheMachineCan(String choice, Kind kind, String reason) {
        var chosen = KubernetesChoice.of(KubernetesNeed.NODES, Map.of(), () -> new Machine(choice, reason));

        assertThat(chosen.kind()).isEqualTo(kind);
        assertThat(chosen.reason()).endsWith(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            docker        | API_SERVER     | DOCKER
            docker        | NODES          | DOCKER
            docker        | OWN_API_SERVER | CONTROL_PLANE
            node          | API_SERVER     | NODE
            node          | CONTROLLERS    | NODE
            node          | OWN_API_SERVER | CONTROL_PLANE
            control-plane | CONTROLLERS    | CONTROL_PLANE_WITH_CONTROLLERS
            control-plane | NODES          | NONE
            """)
    void whatIsAskedForServesAllThatItCan(String asked, KubernetesNeed need, Kind kind) {
        var choice = KubernetesChoice.of(need, Map.of("JETWRIGHT_TEST_CLUSTER", asked), KubernetesChoiceTest::notAsked);

        assertThat(choice.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            API_SERVER     | GIVEN
            CONTROLLERS    | GIVEN
            NODES          | GIVEN
            OWN_API_SERVER | NONE
            """)
    void aGivenClusterServesAllButWhatStopsIt(KubernetesNeed need, Kind kind) {
        var environment = Map.of("JETWRIGHT_TEST_KUBECONFIG", "/a/kubeconfig", "JETWRIGHT_TEST_CLUSTER", "node");

        assertThat(KubernetesChoice.of(need, environment, KubernetesChoiceTest::notAsked)
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void theReasonOfWhatIsSkippedNamesTheNeed() {
        var environment = Map.of("JETWRIGHT_TEST_KUBECONFIG", "/a/kubeconfig");

        assertThat(KubernetesChoice.of(KubernetesNeed.OWN_API_SERVER, environment, KubernetesChoiceTest::notAsked)
                        .reason())
                .isEqualTo(
                        "needs an API server that it may stop: that of JETWRIGHT_TEST_KUBECONFIG may not be stopped");
    }

    @Test
    void aKindThatThereIsNotIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KubernetesChoice.of(
                        KubernetesNeed.API_SERVER,
                        Map.of("JETWRIGHT_TEST_CLUSTER", "kind"),
                        KubernetesChoiceTest::notAsked))
                .withMessage("JETWRIGHT_TEST_CLUSTER: 'kind' is none of docker, node, control-plane");
    }

    @Test
    void theVersionOfK3sCanBeChosen() {
        assertThat(K3sInDocker.image(Map.of())).matches("rancher/k3s:v1[.][0-9]+[.][0-9]+-k3s[0-9]+");
        assertThat(K3sInDocker.image(Map.of(K3sInDocker.IMAGE, ""))).isEqualTo(K3sInDocker.image(Map.of()));
        assertThat(K3sInDocker.image(Map.of(K3sInDocker.IMAGE, "rancher/k3s:v1.34.9-k3s1")))
                .isEqualTo("rancher/k3s:v1.34.9-k3s1");
    }
}
