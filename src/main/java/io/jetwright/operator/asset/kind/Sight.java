package io.jetwright.operator.asset.kind;

import io.jetwright.jetstream.Live;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import org.jspecify.annotations.Nullable;

/** What a reconciliation has seen of the JetStream object. */
public sealed interface Sight {
    /**
     * It was read.
     *
     * @param connection the Connection on which it was read, as {@code namespace/name}; null for the operator's own settings
     */
    record Seen(AssetName name, Live live, @Nullable String connection) implements Sight {
        /** On the operator's own settings. */
        public Seen(AssetName name, Live live) {
            this(name, live, null);
        }
    }

    /** JetStream answered that it does not exist. */
    record Absent() implements Sight {}

    /** It was not looked for, since its stream is not known now: where it lives still stands, but not what it holds. */
    record Unresolved() implements Sight {}

    /** It was not read, so what was known before still stands. */
    record Unseen() implements Sight {}

    /** The same, seen on the connection with this key (see {@link Routes}). */
    default Sight on(String connection) {
        return this instanceof Seen seen
                ? new Seen(seen.name(), seen.live(), connection.equals(Routes.OPERATORS_OWN) ? null : connection)
                : this;
    }
}
