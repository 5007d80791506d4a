package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.SettableClock;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Stream;
import io.jetwright.operator.asset.kind.ConsumerKind;
import io.jetwright.operator.asset.kind.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterEventsTest {
    private final FakeCache<Consumer> cache = new FakeCache<>();
    private final FakeCache<Stream> streams = new FakeCache<>();
    private final DeadLetters deadLetters = new DeadLetters(
            new FakeRoutes(), cache, streams, Optional::empty, new SettableClock("2026-06-01T12:00:00Z"));
    private final AtomicBoolean isStreamCacheFilled = new AtomicBoolean(true);
    private final DeadLetterEvents events = new DeadLetterEvents(deadLetters, isStreamCacheFilled::get);
    private final List<String> woken = new ArrayList<>();

    @BeforeEach
    void start() {
        ConsumerKind.of(deadLetters);
        events.setEventHandler(
                event -> woken.add(event.getRelatedCustomResourceID().getName()));
        events.start();
        cache.put(consumer("plain", "{streamName: A}"));
    }

    private Consumer put(String name, String source, String letters, String status) {
        Consumer consumer = consumer(
                name, "{streamName: %s, maxDeliver: 2, deadLetter: {streamName: %s}}".formatted(source, letters));
        consumer.setStatus(Serialization.unmarshal(status, ConsumerStatus.class));
        return cache.put(consumer);
    }

    private List<String> wokenBy(Runnable change) {
        woken.clear();
        change.run();
        return List.copyOf(woken);
    }

    @Test
    void whatTheRelaySaysWakesTheConsumerButNotItsNumbers() {
        Consumer before = put("worker", "A", "B", "{}");
        Consumer first = put("worker", "A", "B", "{\"deadLetters\": {\"stored\": 1}}");
        Consumer counted = put("worker", "A", "B", "{\"deadLetters\": {\"stored\": 2}}");
        Consumer failing = put("worker", "A", "B", "{\"deadLetters\": {\"stored\": 2, \"problem\": \"denied\"}}");
        assertThat(wokenBy(() -> events.onResourceUpdated(first, before))).containsExactly("worker");
        assertThat(wokenBy(() -> events.onResourceUpdated(counted, first))).isEmpty();
        assertThat(wokenBy(() -> events.onResourceUpdated(failing, counted))).containsExactly("worker");
        assertThat(wokenBy(() -> events.onResourceUpdated(before, failing))).containsExactly("worker");
        Consumer warned = put("worker", "A", "B", "{\"deadLetters\": {\"stored\": 2, \"warning\": \"short\"}}");
        assertThat(wokenBy(() -> events.onResourceUpdated(warned, counted))).containsExactly("worker");
    }

    @Test
    void otherDeadLettersWakeThoseBeyondAndThoseThatWereRefusedForALoop() {
        put("beyond", "B", "C", "{}");
        put("elsewhere", "X", "Y", "{}");
        put("refused", "Z", "Z2", """
                {"conditions": [{"type": "DeadLetters", "status": "False", "reason": "LetterLoop"}]}
                """);
        Consumer worker = put("worker", "A", "B", "{}");
        assertThat(wokenBy(() -> events.onResourceCreated(worker))).containsExactlyInAnyOrder("beyond", "refused");
        assertThat(wokenBy(() -> events.onResourceDeleted(worker))).containsExactlyInAnyOrder("beyond", "refused");
        Consumer turned = put("worker", "A", "Q", "{}");
        assertThat(wokenBy(() -> events.onResourceUpdated(turned, worker))).containsExactly("refused");
        assertThat(wokenBy(() -> events.onResourceUpdated(turned, turned))).isEmpty();
        assertThat(wokenBy(() -> events.onResourceCreated(
                        cache.get(new ResourceID("plain", "shop")).orElseThrow())))
                .isEmpty();
    }

    @Test
    void whileTheCacheOfStreamsIsNotFilledItIsNotAsked() {
        streams.stop();
        isStreamCacheFilled.set(false);
        Consumer worker = cache.put(
                consumer("worker", "{streamRef: {name: a}, maxDeliver: 2, deadLetter: {streamRef: {name: b}}}"));

        assertThat(wokenBy(() -> {
                    events.onResourceCreated(worker);
                    events.onResourceUpdated(worker, consumer("worker", "{streamName: A}"));
                    events.onResourceDeleted(worker);
                    events.wakeAll();
                }))
                .isEmpty();
    }

    @Test
    void allThatHaveDeadLettersAreWokenTogether() {
        put("worker", "A", "B", "{}");
        put("other", "A", "B", "{}");
        assertThat(wokenBy(events::wakeAll)).containsExactlyInAnyOrder("worker", "other");
        assertThat(events.getSecondaryResources(consumer("any", "{}"))).isEmpty();
    }
}
