package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.wake.Subscriber;
import io.jetwright.operator.wake.Wakeups;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.Objects;
import java.util.stream.Stream;

/** Wakes the resources of a kind that news from the hub concerns. */
final class AssetSubscriber<R extends Asset<?, ?>> implements Subscriber {
    private final Kind<R, ?, ?> kind;
    private final BlockedResources blocked;
    private final Wakeups<R> wakeups;

    AssetSubscriber(Kind<R, ?, ?> kind, BlockedResources blocked, Wakeups<R> wakeups) {
        this.kind = kind;
        this.blocked = blocked;
        this.wakeups = wakeups;
    }

    @Override
    public void changed(ConnectionSettings connection, AssetName name) {
        wakeups.wake(() -> on(connection, kind.index().concernedBy(name)));
    }

    @Override
    public void done(ConnectionSettings connection, AssetName name, Asset<?, ?> doer) {
        wakeups.wake(() -> on(connection, kind.index().concernedBy(name, doer)).filter(other -> !isSame(other, doer)));
    }

    @Override
    public void counted(ConnectionSettings connection, StreamName stream) {
        wakeups.wake(() -> on(connection, kind.index().counting(stream)));
    }

    @Override
    public void freed(ConnectionSettings connection) {
        wakeups.wake(() ->
                blocked.on(kind.type(), connection).map(kind.index()::find).filter(Objects::nonNull));
    }

    @Override
    public void switched(String connection) {
        wakeups.wake(() -> kind.index().using(connection));
    }

    private Stream<R> on(ConnectionSettings connection, Stream<R> resources) {
        return resources.filter(resource -> kind.naming().isOn(resource, connection));
    }

    private static boolean isSame(Asset<?, ?> one, Asset<?, ?> other) {
        return one.getClass() == other.getClass()
                && ResourceID.fromResource(one).equals(ResourceID.fromResource(other));
    }
}
