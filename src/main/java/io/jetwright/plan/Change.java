package io.jetwright.plan;

import java.util.List;

/** What it takes to make JetStream agree with a spec. */
public sealed interface Change {
    /** The fields in which JetStream disagrees; empty where there is nothing to compare with. */
    default List<Difference> differences() {
        return List.of();
    }

    /** JetStream agrees with the spec. */
    record None() implements Change {}

    /** There is no such object in JetStream. */
    record Create(Settings settings) implements Change {}

    /**
     * The server can update the object.
     *
     * @param settings the whole configuration to send
     * @param config whether anything but the time until which a consumer is paused differs
     * @param pause whether that time differs
     * @param again whether the object has to be compared with the spec once more as soon as it is updated. A server judges the
     *     update that makes a consumer durable by the old configuration, and deletes a consumer that is not durable if it has no
     *     client for a while. So this update keeps the consumer's inactivity threshold, and the next one changes it
     */
    record Update(Settings settings, List<Difference> differences, boolean config, boolean pause, boolean again)
            implements Change {
        public Update {
            differences = List.copyOf(differences);
        }
    }

    /**
     * The server refuses to update these fields; only a new object can have them.
     *
     * @param settings the whole configuration of a new object
     */
    record Immutable(Settings settings, List<Difference> differences) implements Change {
        public Immutable {
            differences = List.copyOf(differences);
        }
    }
}
