package io.jetwright.jetstream;

import io.jetwright.plan.AssetName;

/**
 * A change to a stream or consumer, which JetStream publishes on {@code $JS.EVENT.ADVISORY.STREAM.>} or
 * {@code $JS.EVENT.ADVISORY.CONSUMER.>}. An advisory does not say who made the change.
 */
public record Advisory(Action action, AssetName name) {
    /** The kind of change. {@link #PAUSE} exists for consumers only, and is published for the end of a pause, too. */
    public enum Action {
        CREATED,
        UPDATED,
        DELETED,
        PAUSE
    }
}
