package io.jetwright.operator;

import io.jetwright.jetstream.Advisory;
import io.jetwright.jetstream.ConnectionListener;
import io.jetwright.jetstream.ConnectionSettings;
import io.jetwright.plan.AssetName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes on what happens in JetStream to the reconcilers of all kinds. */
final class Feed implements ConnectionListener {
    private final List<Ear> ears = new CopyOnWriteArrayList<>();

    /** A kind's side of it. */
    interface Ear {
        /** A JetStream object was changed by somebody. */
        void changed(AssetName name);

        /** The connection came or went, so that everything is to be looked at again. */
        void everything();
    }

    void add(Ear ear) {
        ears.add(ear);
    }

    /** A JetStream object was changed, or released, in a way that other resources wait for. */
    void changed(AssetName name) {
        ears.forEach(ear -> ear.changed(name));
    }

    @Override
    public void changed(ConnectionSettings settings, Advisory advisory) {
        changed(advisory.name());
    }

    @Override
    public void connected(ConnectionSettings settings) {
        ears.forEach(Ear::everything);
    }

    @Override
    public void disconnected(ConnectionSettings settings) {
        ears.forEach(Ear::everything);
    }
}
