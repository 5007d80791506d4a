package io.jetwright.relay.redrive;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jetwright.api.Redrive;
import io.jetwright.api.RedriveStatus;
import io.jetwright.api.Times;
import io.jetwright.status.Reason;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private final RedriveParts parts;
    private final Set<String> namespaces;
    private final Ways ways;
    private final List<SharedIndexInformer<Redrive>> informers = new CopyOnWriteArrayList<>();
    private final Map<String, RedriveRun> runs = new HashMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redrives").factory());
    private long lastProgress = System.nanoTime();

    /**
     * Works on none yet.
     *
     * @param namespaces those to watch; empty for all
     */
    public Redrives(RedriveParts parts, Set<String> namespaces) {
        this.parts = parts;
        this.namespaces = Set.copyOf(namespaces);
        this.ways = new Ways(parts.routes(), parts.streams());
    }

    /**
     * Begins to work, and returns when all are known.
     *
     * @param ended called when a watch has ended for good
     */
    public void start(Consumer<Throwable> ended) {
        if (namespaces.isEmpty()) {
            informers.add(
                    parts.client().resources(Redrive.class).inAnyNamespace().runnableInformer(0));
        }
        for (String namespace : namespaces) {
            informers.add(parts.client()
                    .resources(Redrive.class)
                    .inNamespace(namespace)
                    .runnableInformer(0));
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
            List<Redrive> all = all().toList();
            all.forEach(this::expire);
            all.stream().filter(Redrives::hasChangedSinceItsEnd).forEach(each -> notes(each)
                    .seen());
            work(all.stream().filter(Redrives::isUnfinished).toList());
            if (System.nanoTime() - lastProgress > PROGRESS.toNanos()) {
                lastProgress = System.nanoTime();
                runs.values().forEach(RedriveRun::showProgress);
            }
        } catch (RuntimeException e) {
            LOG.error("The Redrives are looked at again, after what nobody foresaw", e);
        }
    }

    private Stream<Redrive> all() {
        return informers.stream().flatMap(informer -> informer.getStore().list().stream());
    }

    /** How many have begun and not ended, by their status: the same in each replica. */
    public long running() {
        return all().filter(each -> isUnfinished(each) && hasBegun(each)).count();
    }

    /** How many have neither begun nor ended, by their status: the same in each replica. */
    public long waiting() {
        return all().filter(each -> isUnfinished(each) && !hasBegun(each)).count();
    }

    private static boolean hasBegun(Redrive redrive) {
        return started(redrive.getStatus()) != null;
    }

    private static boolean hasChangedSinceItsEnd(Redrive redrive) {
        RedriveStatus status = redrive.getStatus();
        return redrive.getMetadata().getDeletionTimestamp() == null
                && status != null
                && status.hasEnded()
                && !Objects.equals(
                        status.observedGeneration(), redrive.getMetadata().getGeneration());
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
            notes(redrive).show(verdict);
        }
    }

    /** Of one that is not worked on. */
    private ResourceNotes notes(Redrive redrive) {
        return new ResourceNotes(parts, redrive, "", new Progress(null, parts.counter()));
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
            var progress = new Progress(started(redrive.getStatus()), parts.counter());
            var notes = new ResourceNotes(parts, redrive, task.stream(), progress);
            String holder = "the Redrive %s of the cluster %s".formatted(task.name(), parts.cluster());
            var run = new RedriveRun(
                    task.name(),
                    new Execution(task, progress, notes, holder, parts.clock()),
                    notes,
                    parts.connections().get(entry.way().connection()),
                    parts.floor());
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
                || parts.clock().instant().isBefore(Times.parse(finished).plusSeconds(seconds))) {
            return;
        }
        try {
            parts.client()
                    .resource(redrive)
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
