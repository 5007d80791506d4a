package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.jetwright.api.Drift;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.Live;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Difference;
import io.jetwright.plan.Settings;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssetControllerTest {
    private final Stage<Stream, StreamSpec, StreamStatus> stage = Stage.ofStreams();
    private final Stream orders = stream("orders", "{}");

    private static Outcome seen(long messages) {
        var info = JsonNodeFactory.instance.objectNode();
        info.putObject("state").put("messages", messages);
        return Outcome.of(
                Reason.IN_SYNC,
                "JetStream agrees",
                new Sight.Seen(new StreamName("orders"), new Live(new Settings(Map.of()), info)));
    }

    private boolean isWritten(Outcome outcome) {
        var fresh = stage.report(orders, outcome);
        fresh.ifPresent(each -> orders.setStatus(each.getStatus()));
        return fresh.isPresent();
    }

    @Test
    void whatIsWrittenIsTheStatusAndNothingElse() {
        Stream fresh = stage.report(orders, seen(3)).orElseThrow();
        assertThat(fresh.getSpec()).isNull();
        assertThat(fresh.getMetadata())
                .isEqualTo(new ObjectMetaBuilder()
                        .withName("orders")
                        .withNamespace("shop")
                        .build());
        assertThat(fresh.getStatus().messages()).isEqualTo(3);
        assertThat(fresh.getStatus().observedGeneration()).isEqualTo(1);
        assertThat(orders.getStatus()).isNull();
    }

    @Test
    void theStatusIsWrittenOnlyIfItChanged() {
        assertThat(isWritten(seen(3))).isTrue();
        stage.clock.advance(Duration.ofMinutes(1));
        assertThat(isWritten(seen(3))).isFalse();
        assertThat(isWritten(seen(4))).isTrue();
        orders.getMetadata().setGeneration(2L);
        assertThat(isWritten(seen(4))).isTrue();
        assertThat(isWritten(seen(4))).isFalse();
    }

    @Test
    void aDeedIsToldAndIsNoReasonToWrite() {
        isWritten(seen(3));
        assertThat(isWritten(seen(3).deed("DriftRepaired", "it is repaired"))).isFalse();
        assertThat(stage.events()).containsExactly("Normal DriftRepaired: it is repaired");
    }

    @Test
    void driftIsShownUntilThereIsNone() {
        isWritten(seen(0).drift(List.of(new Difference("maxAge", "1d", "2d"))));
        assertThat(orders.getStatus().drift()).containsExactly(new Drift("maxAge", "1d", "2d"));
        assertThat(isWritten(seen(0))).isTrue();
        assertThat(orders.getStatus().drift()).isNull();
    }

    @Test
    void transitionTimesAreThoseOfTheTransitions() {
        isWritten(seen(0));
        stage.clock.advance(Duration.ofMinutes(1));
        isWritten(seen(1));
        assertThat(Conditions.find(orders.getStatus().conditions(), "Ready")
                        .orElseThrow()
                        .getLastTransitionTime())
                .isEqualTo("2026-06-01T12:00:00Z");
    }
}
