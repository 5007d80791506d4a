package io.jetwright.jetstream;

import io.jetwright.plan.AssetName;

/**
 * What JetStream says of a change that somebody made (subjects {@code $JS.EVENT.ADVISORY.STREAM.>} and
 * {@code $JS.EVENT.ADVISORY.CONSUMER.>}).
 */
public record Advisory(Action action, AssetName name) {
    /** What happened. */
    public enum Action {
        CREATED,
        UPDATED,
        DELETED,
        PAUSE
    }
}
