package io.jetwright.world;

import static org.assertj.core.api.Assertions.fail;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.SettableClock;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetStatus;
import io.jetwright.jetstream.Advisory;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.ModelServer;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.Cluster;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.operator.asset.SimulatedOperator;
import io.jetwright.operator.report.Events;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.operator.wake.PromptHub;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Settings;
import io.jetwright.world.ModelApiServer.ResourceKey;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An API server, some servers of NATS, people, and an operator that may be killed at any request. Everything happens in one thread, in
 * virtual time: what is to come waits in a queue.
 */
final class World {
    static final Duration RESYNC = Duration.ofMinutes(10);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final int HISTORY = 400;

    /** Whoever was told of everything needs no resync. */
    private static final Duration SOON = Duration.ofMinutes(2);

    /** In two resyncs, of a resource that is tried again every 27 s, and asks on another server. */
    private static final long REQUESTS_AT_REST = 2 * 50;

    /** In two resyncs, of a resource that looks every 5 s whether its stream has become empty. */
    private static final long REQUESTS_UNTIL_EMPTY = 2 * 140;

    final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    final ModelApiServer api = new ModelApiServer(clock);
    final Map<String, ModelServer> servers = new TreeMap<>();
    final FakeRoutes routes = new FakeRoutes();

    /** Faults that are to happen at the next requests, one at each. */
    final Deque<Fault> faults = new ArrayDeque<>();

    /** For how long news of a kind of resource, or of JetStream, is on its way. */
    final Map<String, Duration> lags = new HashMap<>();

    private final Map<String, ConnectionSettings> connections = new TreeMap<>();
    private final Set<String> down = new HashSet<>();
    private final PriorityQueue<Task> queue = new PriorityQueue<>();
    private final Invariants invariants = new Invariants(this);
    private final List<String> history = new ArrayList<>();
    private long sequence;
    private final Deque<Run> acting = new ArrayDeque<>();
    private Run run;
    private boolean isDisturbed;
    private boolean isAdviceLost;
    long writes;
    long requests;

    /** Something that is to happen. */
    private record Task(Instant time, String order, long sequence, Runnable what) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return Comparator.comparing(Task::time)
                    .thenComparing(Task::order)
                    .thenComparing(Task::sequence)
                    .compare(this, other);
        }
    }

    /** What happens at a request. */
    enum Fault {
        NONE,
        /** It does not reach the server. */
        LOST,
        /** It is executed, and its answer does not come back. */
        ANSWER_LOST,
        /** The operator is killed before it. */
        KILLED_BEFORE,
        /** The operator is killed after it. */
        KILLED_AFTER,
        /** Something else that is due happens before it. */
        INTERLEAVED,
        /** Another operator takes over before it, and this one ends its reconciliation afterwards. */
        TAKEN_OVER
    }

    /** The operator's process has ended. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        private Killed() {
            super("killed", null, false, false);
        }
    }

    /** A process of the operator. */
    private final class Run {
        final SimulatedOperator operator;
        final Hub hub;
        final Map<ResourceKey, Long> timers = new HashMap<>();
        final Map<ResourceKey, Integer> attempts = new HashMap<>();
        /** What the watches have told last. */
        final Map<ResourceKey, Asset<?, ?>> told = new HashMap<>();

        final Map<ResourceKey, Instant> latest = new HashMap<>();
        /** Those that the SDK is done with, by their uids, until their end is told. */
        final Set<String> ended = new HashSet<>();

        final Set<ResourceKey> waiting = new HashSet<>();
        final Deque<ResourceKey> running = new ArrayDeque<>();
        boolean isDead;

        Run() {
            hub = PromptHub.of(
                    World.this::keys,
                    (delay, task) -> at(delay, "hub", () -> {
                        if (!isDead) {
                            task.run();
                        }
                    }));
            operator = new SimulatedOperator(new SimulatedOperator.Surroundings(
                    new Cluster("here", Set.of()),
                    routes,
                    settings -> Objects.requireNonNull(servers.get(server(settings))),
                    World.this::keys,
                    hub,
                    new Again(RESYNC, new Random(7)),
                    new SilentEvents(),
                    clock,
                    (type, id) -> submit(key(type, id))));
        }

        void start() {
            for (Asset<?, ?> each : api.all()) {
                told.put(ResourceKey.of(each), each);
                operator.see(each);
            }
            for (Asset<?, ?> each : api.all()) {
                submit(ResourceKey.of(each));
            }
        }

        /**
         * As news of a watch comes, in the order of its kind. What an answer to a write has told of already is still news, since the SDK
         * compares with what the watch has told before.
         */
        void hear(Asset<?, ?> resource, boolean isGone) {
            ResourceKey key = ResourceKey.of(resource);
            Asset<?, ?> before = isGone ? told.remove(key) : told.put(key, resource);
            Asset<?, ?> known = operator.known(key.type(), key.id());
            if (known == null || ModelApiServer.version(known) < ModelApiServer.version(resource)) {
                if (isGone) {
                    operator.miss(resource);
                    timers.remove(key);
                } else {
                    operator.see(resource);
                }
            }
            boolean isNews = !isGone
                    && (before == null
                            || !Objects.equals(
                                    before.getMetadata().getUid(),
                                    resource.getMetadata().getUid())
                            || !Objects.equals(
                                    before.getMetadata().getGeneration(),
                                    resource.getMetadata().getGeneration())
                            || before.getFinalizers().isEmpty()
                                    != resource.getFinalizers().isEmpty());
            if (isNews) {
                submit(key);
            }
        }

        void submit(ResourceKey key) {
            if (waiting.add(key)) {
                at(Duration.ZERO, "run " + key, () -> process(key));
            }
        }

        private void process(ResourceKey key) {
            if (isDead || running.contains(key) || !waiting.remove(key)) {
                return;
            }
            Asset<?, ?> resource = operator.known(key.type(), key.id());
            if (resource == null || ended.contains(resource.getMetadata().getUid())) {
                return;
            }
            timers.remove(key);
            if (acting.isEmpty()) {
                isDisturbed = false;
            } else {
                disturb();
            }
            tell("  " + key + " is looked at");
            running.push(key);
            acting.push(this);
            try {
                work(key, resource);
                attempts.remove(key);
            } catch (Killed e) {
                isDead = true;
                tell("killed while it worked on " + key);
            } catch (RuntimeException e) {
                tell(key + " has failed: " + e.getMessage());
                int attempt = attempts.merge(key, 1, Integer::sum);
                Duration pause = Duration.ofSeconds(2L << Math.min(attempt, 5));
                timer(key, pause.compareTo(LONGEST_RETRY) < 0 ? pause : LONGEST_RETRY);
            } finally {
                running.pop();
                acting.pop();
            }
            if (isDead) {
                if (run == this) {
                    restart(Duration.ofSeconds(3));
                }
            } else if (waiting.remove(key)) {
                submit(key);
            }
        }

        private void work(ResourceKey key, Asset<?, ?> resource) {
            if (!resource.isMarkedForDeletion()) {
                if (resource.getFinalizers().isEmpty()) {
                    crossing(key + ": finalizer", () -> operator.see(api.addFinalizer(resource)));
                    submit(key);
                } else {
                    timer(key, operator.reconcile(resource, status -> patch(key, status)));
                }
            } else if (!resource.getFinalizers().isEmpty()) {
                operator.cleanup(resource, status -> patch(key, status))
                        .ifPresentOrElse(delay -> timer(key, delay), () -> {
                            crossing(key + ": end", () -> {
                                invariants.ended(operator, resource);
                                removeFinalizer(key);
                            });
                            ended.add(resource.getMetadata().getUid());
                        });
            }
        }

        /** The SDK reads the resource anew where it has changed meanwhile. */
        private void removeFinalizer(ResourceKey key) {
            Asset<?, ?> current = api.get(key);
            if (current != null && current.isMarkedForDeletion()) {
                api.removeFinalizer(current);
            }
        }

        private void patch(ResourceKey key, Asset<?, ?> fresh) {
            AssetStatus status = (AssetStatus) fresh.getStatus();
            crossing(key + ": status", () -> {
                invariants.reported(operator, key, status);
                Asset<?, ?> before = api.get(key);
                Asset<?, ?> patched = api.patchStatus(key, status);
                Asset<?, ?> seen = operator.known(key.type(), key.id());
                if (patched != null
                        && (seen == null || ModelApiServer.version(patched) > ModelApiServer.version(seen))
                        && before != null) {
                    operator.see(patched);
                }
            });
        }

        /** A request to the API server. */
        private void crossing(String what, Runnable request) {
            Fault fault = fault(this);
            if (fault == Fault.LOST) {
                throw ModelApiServer.failure("away", HttpURLConnection.HTTP_UNAVAILABLE);
            }
            tell(what);
            writes++;
            request.run();
            afterwards(fault, () -> {
                throw ModelApiServer.failure("timed out", HttpURLConnection.HTTP_GATEWAY_TIMEOUT);
            });
        }

        private void timer(ResourceKey key, Duration delay) {
            long number = ++sequence;
            timers.put(key, number);
            at(delay, "timer " + key, () -> {
                if (!isDead && Objects.equals(timers.get(key), number)) {
                    submit(key);
                }
            });
        }
    }

    private static final class SilentEvents implements Events {
        @Override
        public void normal(HasMetadata resource, String reason, String message) {}

        @Override
        public void warning(HasMetadata resource, String reason, String message) {}
    }

    World() {
        for (String name : List.of("a", "b")) {
            servers.put(name, new ModelServer(clock, meddling(name)));
        }
        route("", "a");
        route("shop/other", "b");
        run = new Run();
        api.watch(this::spread);
    }

    private static String server(ConnectionSettings settings) {
        return settings.servers().get(0).getHost();
    }

    private Stream<String> keys(ConnectionSettings settings) {
        return connections.entrySet().stream()
                .filter(each -> each.getValue().equals(settings))
                .map(Map.Entry::getKey)
                .toList()
                .stream();
    }

    private static ResourceKey key(Class<?> type, ResourceID id) {
        return new ResourceKey(type.getSimpleName(), id.getNamespace().orElseThrow(), id.getName());
    }

    void tell(String what) {
        if (history.size() == HISTORY) {
            history.remove(HISTORY / 2); // how it began is told, and how it ended
        }
        history.add(clock.instant() + " " + what);
    }

    List<String> history() {
        return history;
    }

    /** Somebody else changes JetStream, or takes over from the operator. */
    void disturb() {
        isDisturbed = true;
    }

    /** Whether anybody else may have changed JetStream since the reconciliation began that goes on. */
    boolean isDisturbedSinceRead() {
        return isDisturbed;
    }

    /** Whether the one that works has been replaced by another one, and sends what it had decided before. */
    boolean isTakenOver() {
        Run doer = acting.peek();
        return doer != null && doer.isDead;
    }

    ModelServer at(ConnectionSettings settings) {
        return Objects.requireNonNull(servers.get(server(settings)));
    }

    /** The one that works, else the one that runs. */
    SimulatedOperator operator() {
        Run doer = acting.peek();
        return doer == null ? run.operator : doer.operator;
    }

    /** The resource that is worked on; null for none. */
    @Nullable
    Asset<?, ?> working() {
        Run doer = acting.peek();
        ResourceKey key = doer == null ? null : doer.running.peek();
        return doer == null || key == null ? null : doer.operator.known(key.type(), key.id());
    }

    private void at(Duration delay, String order, Runnable what) {
        queue.add(new Task(clock.instant().plus(delay), order, ++sequence, what));
    }

    private void spread(Asset<?, ?> resource, boolean isGone) {
        Run listener = run;
        ResourceKey key = ResourceKey.of(resource);
        Instant time = clock.instant().plus(lags.getOrDefault(key.kind(), Duration.ZERO));
        ResourceKey kind = new ResourceKey(key.kind(), "", "");
        Instant last = listener.latest.get(kind);
        Instant due = last != null && last.isAfter(time) ? last : time;
        listener.latest.put(kind, due);
        queue.add(new Task(due, "watch " + key.kind(), ++sequence, () -> {
            if (!listener.isDead) {
                listener.hear(resource, isGone);
            }
        }));
    }

    /** A Connection leads to this server from now on; null for nowhere. */
    void route(String key, @Nullable String server) {
        if (server == null) {
            routes.close(key, io.jetwright.status.Reason.CONNECTION_NOT_FOUND, "there is no Connection " + key);
            connections.remove(key);
        } else {
            ConnectionSettings settings = FakeRoutes.server(server);
            routes.put(key, settings);
            connections.put(key, settings);
        }
        if (run != null) {
            run.hub.rerouted(key, false);
        }
    }

    void goDown(String server) {
        if (down.add(server)) {
            run.hub.disconnected(FakeRoutes.server(server));
        }
    }

    void comeUp(String server) {
        if (down.remove(server)) {
            run.hub.connected(FakeRoutes.server(server));
        }
    }

    /** Somebody else has done this; the operator hears of it, unless the lag is endless. */
    void advise(String server, Advisory.Action action, AssetName name) {
        Run listener = run;
        Duration lag = lags.getOrDefault("advisories", Duration.ZERO);
        isAdviceLost |= lag.isNegative() || down.contains(server);
        if (!lag.isNegative() && !down.contains(server)) {
            at(lag, "advisory", () -> {
                if (!listener.isDead) {
                    listener.hub.changed(FakeRoutes.server(server), new Advisory(action, name));
                }
            });
        }
    }

    void kill() {
        run.isDead = true;
        restart(Duration.ofSeconds(1));
    }

    private void restart(Duration delay) {
        Run fresh = new Run();
        run = fresh;
        at(delay, "start", () -> {
            if (!fresh.isDead) {
                fresh.start();
            }
        });
    }

    private ModelServer.Meddling meddling(String server) {
        return new ModelServer.Meddling() {
            private Fault fault = Fault.NONE;

            @Override
            public void before(String verb, AssetName name) throws JetStreamException {
                if (down.contains(server)) {
                    throw ModelServer.unreachable();
                }
                requests++;
                fault = fault(Objects.requireNonNull(acting.peek()));
                if (fault == Fault.LOST || down.contains(server)) {
                    throw ModelServer.unreachable();
                }
            }

            @Override
            public void after(String verb, AssetName name, @Nullable Settings before, @Nullable Settings after)
                    throws JetStreamException {
                Fault now = fault;
                fault = Fault.NONE;
                tell(server + ": " + verb + " " + name);
                if (!verb.equals("read")) {
                    writes++;
                    invariants.written(server, verb, name, before, after);
                }
                if (now == Fault.ANSWER_LOST) {
                    throw ModelServer.unreachable();
                }
                afterwards(now, () -> {});
            }
        };
    }

    private Fault fault(Run doer) {
        Fault fault = Objects.requireNonNullElse(faults.poll(), Fault.NONE);
        if (fault == Fault.KILLED_BEFORE) {
            throw new Killed();
        }
        if (fault == Fault.INTERLEAVED && doer.running.size() < 3) {
            Task next = queue.poll();
            if (next != null) {
                if (next.time().isAfter(clock.instant())) {
                    queue.add(next);
                } else {
                    next.what().run();
                }
            }
        }
        if (fault == Fault.TAKEN_OVER && doer == run) {
            tell("another operator takes over");
            doer.isDead = true;
            restart(Duration.ZERO);
            pass(Duration.ofSeconds(2));
        }
        return fault;
    }

    private static void afterwards(Fault fault, Runnable lost) {
        if (fault == Fault.KILLED_AFTER) {
            throw new Killed();
        }
        if (fault == Fault.ANSWER_LOST) {
            lost.run();
        }
    }

    /** Lets time pass, and happen what is due. */
    void pass(Duration duration) {
        Instant end = clock.instant().plus(duration);
        int steps = 0;
        Task next = queue.peek();
        while (next != null && !next.time().isAfter(end)) {
            queue.poll();
            if (next.time().isAfter(clock.instant())) {
                clock.advance(Duration.between(clock.instant(), next.time()));
            }
            next.what().run();
            if (++steps > 20_000) {
                fail("it does not come to rest: %d events within %s", steps, duration);
            }
            next = queue.peek();
        }
        clock.advance(Duration.between(clock.instant(), end));
    }

    /** Nothing is in the way any more: all is to settle, and to stay as it is. */
    void settle() {
        faults.clear();
        lags.clear();
        List.copyOf(down).forEach(this::comeUp);
        pass(SOON);
        if (!isAdviceLost) {
            invariants.settled(run.operator);
        }
        pass(RESYNC.multipliedBy(3));
        long before = writes;
        long asked = requests;
        pass(RESYNC.multipliedBy(2));
        if (writes != before) {
            fail("%d writes after all has settled", writes - before);
        }
        long bound = api.all().stream()
                .mapToLong(each -> each.isMarkedForDeletion() ? REQUESTS_UNTIL_EMPTY : REQUESTS_AT_REST)
                .sum();
        if (requests - asked > bound) {
            fail(
                    "%d requests at rest, for %d resources",
                    requests - asked, api.all().size());
        }
        invariants.settled(run.operator);
    }

    /** All resources are deleted, and nothing holds them up. */
    void end() {
        route("", "a");
        route("shop/other", "b");
        servers.values().forEach(server -> server.names().forEach(name -> server.messages(name, 0)));
        for (Asset<?, ?> each : api.all()) {
            api.delete(ResourceKey.of(each));
        }
        pass(RESYNC.multipliedBy(3));
        if (!api.all().isEmpty()) {
            fail(
                    "deletions do not end: %s",
                    api.all().stream().map(ResourceKey::of).toList());
        }
        if (!run.operator.remembered().isEmpty()) {
            fail("of resources that are gone the operator remembers %s", run.operator.remembered());
        }
    }
}
