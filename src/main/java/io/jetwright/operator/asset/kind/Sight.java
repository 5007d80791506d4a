package io.jetwright.operator.asset.kind;

import io.jetwright.jetstream.Live;
import io.jetwright.plan.AssetName;

/** What a reconciliation has seen of the JetStream object. */
public sealed interface Sight {
    /** It was read. */
    record Seen(AssetName name, Live live) implements Sight {}

    /** JetStream answered that it does not exist. */
    record Absent() implements Sight {}

    /** It was not read, so what was known before still stands. */
    record Unseen() implements Sight {}
}
