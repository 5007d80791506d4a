package io.jetwright.world;

import static io.jetwright.world.Story.apply;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What worlds have shown, and is well since. */
class StoriesTest {
    private static void isWell(Action... story) {
        assertThat(Story.play(List.of(story))).isEmpty();
    }

    /** A Stream and a Consumer of one name were taken for each other, so that two pairs of them woke each other without end. */
    @Test
    void pairsOfOneNameThatWaitForEachOtherComeToRest() {
        isWell(
                apply("Consumer", "shop", "x", "{streamName: KV_B1, durableName: c2, connectionRef: {name: other}}"),
                apply("Stream", "hall", "y", "{name: KV_B1, subjects: [kv_b1.>]}"),
                new Action.Wait(Duration.ofSeconds(4)), // of those that name the same object the older one comes first
                apply("Consumer", "hall", "x", "{streamName: KV_B1, durableName: c2}"),
                apply("Stream", "shop", "x", "{name: S1, subjects: [shared.>]}"),
                apply(
                        "Stream",
                        "hall",
                        "x",
                        "{name: S1, subjects: [s1.>], connectionRef: {name: other, namespace: shop}}"),
                new Action.Down("a"),
                new Action.Reroute("", "b"),
                new Action.Reroute("shop/other", "a"));
    }
}
