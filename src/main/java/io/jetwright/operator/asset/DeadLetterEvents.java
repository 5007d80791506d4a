package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.jetwright.api.Consumer;
import io.jetwright.api.DeadLettersStatus;
import io.jetwright.operator.asset.kind.DeadLetters;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has Consumers reconciled when what their dead letters depend on changes: what the relay says of them, whether it runs, and the
 * dead letters of other Consumers, with which they may make a loop.
 */
final class DeadLetterEvents extends AbstractEventSource<Void, Consumer> implements ResourceEventAware<Consumer> {
    private final DeadLetters deadLetters;
    private final BooleanSupplier isStreamCacheFilled;

    /**
     * One for a controller; to be among its event sources.
     *
     * @param isStreamCacheFilled whether the cache of Streams can be asked; until then nobody is woken, since Consumers are
     *     reconciled only afterwards, and all of them
     */
    DeadLetterEvents(DeadLetters deadLetters, BooleanSupplier isStreamCacheFilled) {
        super(Void.class, "dead-letters");
        this.deadLetters = deadLetters;
        this.isStreamCacheFilled = isStreamCacheFilled;
    }

    /** All that have dead letters. */
    void wakeAll() {
        wake(deadLetters::all);
    }

    /** The SDK forgets a Consumer whose event makes this fail, so the cache of Streams is asked only when it can answer. */
    private void wake(Supplier<Stream<Consumer>> consumers) {
        if (isRunning() && isStreamCacheFilled.getAsBoolean()) {
            consumers.get().map(ResourceID::fromResource).distinct().forEach(id -> getEventHandler()
                    .handleEvent(new Event(id)));
        }
    }

    @Override
    public void onResourceCreated(Consumer consumer) {
        if (consumer.getSpec().deadLetter() != null) {
            wake(() -> deadLetters.concernedBy(consumer));
        }
    }

    @Override
    public void onResourceUpdated(Consumer after, Consumer before) {
        boolean hasLetters = after.getSpec().deadLetter() != null;
        if (hasLetters && isToldAnew(said(before), said(after))) {
            wake(() -> Stream.of(after));
        }
        boolean isOther = !after.getSpec().equals(before.getSpec())
                || after.isMarkedForDeletion() != before.isMarkedForDeletion();
        if (isOther && (hasLetters || before.getSpec().deadLetter() != null)) {
            wake(() -> deadLetters.concernedBy(after));
        }
    }

    @Override
    public void onResourceDeleted(Consumer consumer) {
        onResourceCreated(consumer);
    }

    private static @Nullable DeadLettersStatus said(Consumer consumer) {
        return consumer.getStatus() == null ? null : consumer.getStatus().deadLetters();
    }

    /** Of what the relay says, the condition only tells whether there is a problem, or a warning. */
    private static boolean isToldAnew(@Nullable DeadLettersStatus before, @Nullable DeadLettersStatus after) {
        return (before == null) != (after == null)
                || (before != null
                        && after != null
                        && !(Objects.equals(before.problem(), after.problem())
                                && Objects.equals(before.warning(), after.warning())));
    }

    @Override
    public Set<Void> getSecondaryResources(Consumer primary) {
        return Set.of();
    }
}
