package io.jetwright.operator.asset.kind;

import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Drift;
import io.jetwright.jetstream.Live;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Mapping;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the loop has to know of a kind of resource. */
public interface Kind<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> {
    /** Its resources. */
    Class<R> type();

    /** How its specs become JetStream's settings. */
    Mapping<S> mapping();

    /** The resource's way to NATS. */
    Route route(R resource);

    /** Whether the resource uses this connection now. */
    default boolean isOn(R resource, ConnectionSettings connection) {
        return route(resource) instanceof Route.Open open && open.settings().equals(connection);
    }

    /** The resources that use a Connection, by its key (see {@link Routes}). */
    Stream<R> using(String connection);

    /** Which JetStream object the resource names. */
    Target resolve(R resource);

    /** Which JetStream object the resource named, even if what it refers to is gone; null when it never named one. */
    @Nullable
    Target lastKnown(R resource);

    /** A resource of this kind with no more than a status; for server-side apply. */
    R withStatus(T status);

    /**
     * What is known of the JetStream object, as a status without a report.
     *
     * @param before the status so far; null for none
     */
    T known(Sight sight, @Nullable T before);

    /**
     * A status with what is known, and a report.
     *
     * @param drift null for none
     */
    T with(T known, @Nullable Long generation, List<Condition> conditions, @Nullable List<Drift> drift);

    /** The resource of this name; null when there is none. */
    @Nullable
    R find(ResourceID id);

    /** The resources that name this object. */
    Stream<R> naming(AssetName name);

    /** The resources that a change of this object, made by somebody else, concerns. */
    Stream<R> concernedBy(AssetName name);

    /** The resources that what another resource has done to this object concerns. */
    default Stream<R> concernedBy(AssetName name, Asset<?, ?> doer) {
        return naming(name);
    }

    /** The resources whose status counts the consumers of this stream. */
    default Stream<R> counting(AssetName.StreamName stream) {
        return Stream.empty();
    }

    /** What is known of a JetStream object. */
    sealed interface Sight {
        /** It was read. */
        record Seen(AssetName name, Live live) implements Sight {}

        /** There is none. */
        record Absent() implements Sight {}

        /** It could not be read, so that what was last known stands. */
        record Unseen() implements Sight {}
    }
}
