package io.jetwright.relay.redrive;

import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jetwright.api.Redrive;
import io.jetwright.api.RedriveStatus;
import io.jetwright.api.Times;
import io.jetwright.status.Reason;
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
    private final Expiry expiry;
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
        this.expiry = new Expiry(parts.client(), parts.clock());
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
            all.forEach(expiry::deleteIfOver);
            all.stream().filter(Redrives::hasChangedSinceItsEnd).forEach(each -> notes(each)
                    .seen());
            work(all);
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
        return !redrive.isMarkedForDeletion()
                && status != null
                && status.hasEnded()
                && !Objects.equals(
                        status.observedGeneration(), redrive.getMetadata().getGeneration());
    }

    private static boolean isUnfinished(Redrive redrive) {
        RedriveStatus status = redrive.getStatus();
        return !redrive.isMarkedForDeletion() && (status == null || !status.hasEnded());
    }

    private static String uid(Redrive redrive) {
        return redrive.getMetadata().getUid();
    }

    private static boolean isDeleted(String uid, List<Redrive> all) {
        return all.stream().noneMatch(each -> uid(each).equals(uid) && !each.isMarkedForDeletion());
    }

    private void work(List<Redrive> all) {
        List<Redrive> unfinished = all.stream().filter(Redrives::isUnfinished).toList();
        Set<String> known = unfinished.stream().map(Redrives::uid).collect(Collectors.toSet());
        runs.entrySet().removeIf(each -> {
            if (!known.contains(each.getKey())) {
                each.getValue().cancel();
            }
            boolean isOver = !each.getValue().isAlive();
            if (isOver && isDeleted(each.getKey(), all)) {
                each.getValue().tellDeleted();
            }
            return isOver;
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
        if (!runs.containsKey(uid(redrive))) {
            notes(redrive).show(verdict);
        }
    }

    /** Of one that is not worked on. */
    private ResourceNotes notes(Redrive redrive) {
        return new ResourceNotes(parts, redrive, "", new Progress(null, parts.counter()));
    }

    private void begin(RedriveQueue.Entry entry) {
        runs.computeIfAbsent(uid(entry.redrive()), uid -> {
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
