package io.jetwright.operator.asset;

import io.jetwright.SettableClock;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.FakeJetStream;
import io.jetwright.jetstream.JetStream;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.ConsumerKind;
import io.jetwright.operator.asset.kind.DeadLetters;
import io.jetwright.operator.asset.kind.KeyValueKind;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.ObjectStoreKind;
import io.jetwright.operator.asset.kind.StreamKind;
import io.jetwright.operator.report.FakeEvents;
import io.jetwright.operator.report.Readings;
import io.jetwright.operator.report.Reporter;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Owner;
import io.jetwright.plan.Settings;
import io.jetwright.status.Conditions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The loop of one kind, with JetStream, the API server and the clock played by others. */
public final class Stage<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> {
    public final FakeJetStream jetStream = new FakeJetStream();
    public final SettableClock clock;
    public final FakeRoutes routes;
    public final FakeCache<R> cache;
    public final Kind<R, S, T> kind;

    /** This one, and those that a test adds. */
    public final Kinds kinds = new Kinds();

    private final Map<ConnectionSettings, FakeJetStream> servers = new HashMap<>();
    private final Cluster cluster;
    private final Loop<R, S, T> loop;
    private final Deletion<R> deletion;
    private final BlockedResources blocked;
    private final Reporter<R, T> reporter;
    private final FakeEvents events = new FakeEvents();

    /** Of the resources that a controller has reconciled. */
    public final Readings readings = new Readings();

    private @Nullable JetStream connected;

    private Stage(Cluster cluster, SettableClock clock, FakeRoutes routes, FakeCache<R> cache, Kind<R, S, T> kind) {
        this.cluster = cluster;
        this.clock = clock;
        this.routes = routes;
        this.cache = cache;
        this.kind = kind;
        kinds.add(kind);
        kinds.areFilled();
        this.blocked = new BlockedResources(kinds, settings -> java.util.stream.Stream.of(""), clock);
        this.loop = new Loop<>(kind, kinds, this::at, cluster, clock);
        this.deletion = new Deletion<>(kind, this::at, cluster);
        this.reporter = new Reporter<>(
                kind.view().resource(),
                kind.view().own(),
                (before, after) -> !after.equals(before),
                new Conditions(clock),
                events);
    }

    public static Stage<Stream, StreamSpec, StreamStatus> ofStreams() {
        return ofStreams(Resources.CLUSTER);
    }

    public static Stage<Stream, StreamSpec, StreamStatus> ofStreams(Cluster cluster) {
        var cache = new FakeCache<Stream>();
        var routes = new FakeRoutes();
        return new Stage<>(cluster, now(), routes, cache, StreamKind.of(routes, cache));
    }

    public static Stage<Consumer, ConsumerSpec, ConsumerStatus> ofConsumers(FakeCache<Stream> streams) {
        return ofConsumers(streams, new FakeRelay());
    }

    /** Consumers, and the relay of their dead letters. */
    public static Stage<Consumer, ConsumerSpec, ConsumerStatus> ofConsumers(FakeCache<Stream> streams, Relay relay) {
        var cache = new FakeCache<Consumer>();
        var clock = now();
        var routes = new FakeRoutes();
        return new Stage<>(
                Resources.CLUSTER,
                clock,
                routes,
                cache,
                ConsumerKind.of(new DeadLetters(routes, cache, streams, relay::problem, clock)));
    }

    public static Stage<KeyValue, KeyValueSpec, KeyValueStatus> ofKeyValues() {
        var cache = new FakeCache<KeyValue>();
        var routes = new FakeRoutes();
        return new Stage<>(Resources.CLUSTER, now(), routes, cache, KeyValueKind.of(routes, cache));
    }

    public static Stage<ObjectStore, ObjectStoreSpec, ObjectStoreStatus> ofObjectStores() {
        var cache = new FakeCache<ObjectStore>();
        var routes = new FakeRoutes();
        return new Stage<>(Resources.CLUSTER, now(), routes, cache, ObjectStoreKind.of(routes, cache));
    }

    private static SettableClock now() {
        return new SettableClock("2026-06-01T12:00:00Z");
    }

    /** From now on these settings lead to a JetStream of their own, and no longer to {@link #jetStream}. */
    FakeJetStream server(ConnectionSettings settings) {
        var server = new FakeJetStream();
        servers.put(settings, server);
        return server;
    }

    /** From now on all settings lead to this JetStream. */
    public void connect(JetStream real) {
        connected = real;
    }

    /** What these settings lead to. */
    JetStream at(ConnectionSettings settings) {
        return connected == null ? servers.getOrDefault(settings, jetStream) : connected;
    }

    /** Reconciles a resource that is there, and has its status written. */
    Optional<Outcome> tryReconcile(R resource) {
        cache.put(resource);
        Optional<Outcome> outcome = loop.reconcile(resource);
        outcome.flatMap(each -> report(resource, each)).ifPresent(fresh -> resource.setStatus(fresh.getStatus()));
        return outcome;
    }

    Outcome reconcile(R resource) {
        return tryReconcile(resource).orElseThrow();
    }

    /** Reconciles; the reason and the message of the condition Ready. */
    public String outcome(R resource) {
        Outcome outcome = reconcile(resource);
        return outcome.reason().word() + ": " + outcome.message();
    }

    /** Reconciles, and forgets how: what follows is another reconciliation. */
    public R reconciled(R resource) {
        reconcile(resource);
        jetStream.requests();
        events();
        return resource;
    }

    Optional<R> report(R resource, Outcome outcome) {
        return reporter.report(
                resource,
                AssetController.assessment(kind, resource, outcome),
                outcome.deed(),
                conditions -> AssetController.status(
                        kind, resource, kind.view().known(outcome.sight(), resource.getStatus()), outcome, conditions));
    }

    Optional<Outcome> cleanup(R resource) {
        return deletion.cleanup(resource);
    }

    /** What the Java Operator SDK calls. */
    AssetController<R, S, T> controller(Again again, Hub hub) {
        return new AssetController<>(
                kind, loop, deletion, new Claims(cluster, kinds, this::at), blocked, reporter, readings, again, hub);
    }

    /** The same resource with another spec. */
    public R changed(R resource, R withSpec) {
        resource.setSpec(withSpec.getSpec());
        resource.getMetadata().setGeneration(resource.getMetadata().getGeneration() + 1);
        return resource;
    }

    /** What a resource asks for. */
    public Settings desired(R resource, AssetName name) {
        return kind.mapping().desired(resource.getSpec(), name, cluster.owner(resource));
    }

    /** What a resource of another owner asks for. */
    public Settings desired(S spec, AssetName name, Owner owner) {
        return kind.mapping().desired(spec, name, owner);
    }

    /** The events since the last time that this was asked. */
    public List<String> events() {
        return events.told();
    }
}
