package io.jetwright.operator.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Stream;
import io.jetwright.operator.asset.Resources;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WakeupsTest {
    private final Wakeups<Stream> wakeups = new Wakeups<>();
    private final List<Event> events = new ArrayList<>();

    WakeupsTest() {
        wakeups.setEventHandler(events::add);
    }

    @Test
    void beforeTheControllerRunsItsCachesAreNotAsked() {
        wakeups.wake(() -> {
            throw new IllegalStateException("the caches are not there yet");
        });
        assertThat(events).isEmpty();
    }

    @Test
    void afterwardsWhatIsThereIsReconciled() {
        wakeups.start();
        wakeups.wake(() -> java.util.stream.Stream.of(Resources.stream("orders", "{}")));
        assertThat(events)
                .extracting(Event::getRelatedCustomResourceID)
                .extracting(ResourceID::getName)
                .containsExactly("orders");
    }
}
