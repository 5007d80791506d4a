package io.jetwright.relay.redrive;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jetwright.api.Redrive;
import io.jetwright.api.RedriveStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.Times;
import io.jetwright.jetstream.NatsConnections;
import io.jetwright.operator.connection.Routes;
import io.jetwright.status.Reason;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on all Redrives of the watched namespaces: of each stream of dead letters on one at a time. */
public final class Redrives implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redrives.class);
    private static final Duration TICK = Duration.ofMillis(500);

    /** How often progress is written. */
    private static final Duration PROGRESS = Duration.ofSeconds(3);

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final Ways ways;
    private final NatsConnections connections;
    private final AdvisoryFloor floor;
    private final String cluster;
    private final Clock clock;
    private final List<SharedIndexInformer<Redrive>> informers = new ArrayList<>();
    private final Map<String, RedriveRun> runs = new HashMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redrives").factory());
    private long lastProgress = System.nanoTime();

    /**
     * Works on none yet.
     *
     * @param namespaces those to watch; empty for all
     * @param streams finds a Stream resource by its namespace and name
     * @param cluster names this Kubernetes cluster to people of others
     */
    public Redrives(
            KubernetesClient client,
            Set<String> namespaces,
            Routes routes,
            BiFunction<String, String, Optional<Stream>> streams,
            NatsConnections connections,
            AdvisoryFloor floor,
            String cluster,
            Clock clock) {
        this.client = client;
        this.namespaces = Set.copyOf(namespaces);
        this.ways = new Ways(routes, streams);
        this.connections = connections;
        this.floor = floor;
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * Begins to work, and returns when all are known.
     *
     * @param ended called when a watch has ended for good
     */
    public void start(Consumer<Throwable> ended) {
        if (namespaces.isEmpty()) {
            informers.add(client.resources(Redrive.class).inAnyNamespace().runnableInformer(0));
        }
        for (String namespace : namespaces) {
            informers.add(client.resources(Redrive.class).inNamespace(namespace).runnableInformer(0));
        }
        for (SharedIndexInformer<Redrive> informer : informers) {
            informer.stopped().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    ended.accept(failure);
                }
            });
            informer.start().toCompletableFuture().join();
        }
        var unused = ticks.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            List<Redrive> all = informers.stream()
                    .flatMap(informer -> informer.getStore().list().stream())
                    .toList();
            all.forEach(this::expire);
            work(all.stream().filter(Redrives::isUnfinished).toList());
            if (System.nanoTime() - lastProgress > PROGRESS.toNanos()) {
                lastProgress = System.nanoTime();
                runs.values().forEach(RedriveRun::showProgress);
            }
        } catch (RuntimeException e) {
            LOG.error("The Redrives are looked at again, after what nobody foresaw", e);
        }
    }

    private static boolean isUnfinished(Redrive redrive) {
        RedriveStatus status = redrive.getStatus();
        return redrive.getMetadata().getDeletionTimestamp() == null && (status == null || !status.hasEnded());
    }

    private void work(List<Redrive> unfinished) {
        Set<String> known =
                unfinished.stream().map(each -> each.getMetadata().getUid()).collect(Collectors.toSet());
        runs.entrySet().removeIf(each -> {
            if (!known.contains(each.getKey())) {
                each.getValue().cancel();
            }
            return !each.getValue().isAlive();
        });
        List<RedriveQueue.Entry> entries = new ArrayList<>();
        for (Redrive redrive : unfinished) {
            switch (ways.of(redrive)) {
                case Way.Open open -> entries.add(new RedriveQueue.Entry(redrive, open));
                case Way.Closed closed -> show(redrive, closed.verdict());
                case Way.Pending pending -> {}
            }
        }
        RedriveQueue.order(entries).forEach((entry, first) -> {
            if (entry.equals(first)) {
                begin(entry);
            } else {
                show(
                        entry.redrive(),
                        new Verdict(
                                Reason.WAITING_FOR_REDRIVE,
                                "waits for the Redrive %s, which works on the same stream %s; then it begins by itself"
                                        .formatted(name(first.redrive()), first.way().stream())));
            }
        });
    }

    private static String name(Redrive redrive) {
        return redrive.getMetadata().getNamespace() + "/"
                + redrive.getMetadata().getName();
    }

    private void show(Redrive redrive, Verdict verdict) {
        if (!runs.containsKey(redrive.getMetadata().getUid())) {
            new ResourceNotes(client, redrive, "", new Progress(null), clock).show(verdict);
        }
    }

    private void begin(RedriveQueue.Entry entry) {
        runs.computeIfAbsent(entry.redrive().getMetadata().getUid(), uid -> {
            Redrive redrive = entry.redrive();
            var task = new RedriveTask(
                    name(redrive),
                    uid,
                    Times.parse(redrive.getMetadata().getCreationTimestamp()),
                    redrive.getSpec(),
                    entry.way().stream());
            var progress = new Progress(started(redrive.getStatus()));
            var notes = new ResourceNotes(client, redrive, task.stream(), progress, clock);
            var run = new RedriveRun(
                    task.name(),
                    new Execution(
                            task, progress, notes, "the Redrive " + task.name() + " of the cluster " + cluster, clock),
                    notes,
                    connections.get(entry.way().connection()),
                    floor);
            run.start();
            return run;
        });
    }

    private static @Nullable Instant started(@Nullable RedriveStatus status) {
        String text = status == null ? null : status.startedAt();
        return text == null ? null : Times.parse(text);
    }

    /** Deletes one whose time after its end is over. */
    private void expire(Redrive redrive) {
        Integer seconds = redrive.getSpec().ttlSecondsAfterFinished();
        String finished =
                redrive.getStatus() == null ? null : redrive.getStatus().finishedAt();
        if (seconds == null
                || finished == null
                || redrive.getMetadata().getDeletionTimestamp() != null
                || clock.instant().isBefore(Times.parse(finished).plusSeconds(seconds))) {
            return;
        }
        try {
            client.resource(redrive)
                    .lockResourceVersion(redrive.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.warn("The Redrive {} is not deleted for now: {}", name(redrive), e.getMessage());
            }
        }
    }

    /** Finishes what is on its way, for some seconds at most; another process goes on. */
    @Override
    public void close() {
        ticks.shutdownNow();
        try {
            ticks.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
            runs.values().forEach(RedriveRun::cancel);
            for (RedriveRun run : runs.values()) {
                run.join(GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        informers.forEach(SharedIndexInformer::stop);
    }
}
