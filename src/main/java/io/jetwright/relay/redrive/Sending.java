package io.jetwright.relay.redrive;

import io.jetwright.api.RedriveSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sends what is selected, in portions: each is noted in the ledger before it is sent. */
final class Sending {
    /** At least so many must have died again before it stops for that. */
    static final int LEAST_DEAD_AGAIN = 10;

    private static final int PORTION = 256;
    private static final long PORTION_BYTES = 4L << 20;

    /** How long the relay may take until it has finished with a dead letter, once it does not go on. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration FLOOR_INTERVAL = Duration.ofMillis(500);

    private final RedriveSpec spec;
    private final Requests requests;
    private final LetterStream stream;
    private final Selection selection;
    private final Destinations destinations;
    private final Sender sender;
    private final Progress progress;
    private final Finished floor;
    private final Pace pace;
    private final List<Item> portion = new ArrayList<>();
    private long portionBytes;
    private final Map<List<String>, Floor> floors = new HashMap<>();

    /** {@link AdvisoryFloor} over the connection that is used. */
    interface Finished {
        OptionalLong read(String stream, String consumer) throws IOException;
    }

    /** What is known of the advisories of a consumer. */
    private static final class Floor {
        private OptionalLong known = OptionalLong.of(0);
        private long moved = System.nanoTime();
    }

    private record Item(StoredLetter letter, Destination.To there) {}

    Sending(
            RedriveSpec spec,
            Requests requests,
            LetterStream stream,
            Selection selection,
            Destinations destinations,
            Sender sender,
            Progress progress,
            Finished floor) {
        this.spec = spec;
        this.requests = requests;
        this.stream = stream;
        this.selection = selection;
        this.destinations = destinations;
        this.sender = sender;
        this.progress = progress;
        this.floor = floor;
        this.pace = new Pace(spec.ratePerSecond(), System.nanoTime());
    }

    /**
     * Sends all up to the ledger's last sequence.
     *
     * @return whether it has stopped since too many have died again
     */
    boolean run(LedgerStore store, Ledger ledger, LetterWatch watch, BooleanSupplier isCancelled)
            throws IOException, InterruptedException {
        Integer rate = spec.ratePerSecond();
        int size = rate == null ? PORTION : Math.clamp(rate / 4, 1, PORTION);
        int batch = rate == null ? LetterReader.MANY : Math.clamp(rate * 60L, 1, LetterReader.MANY);
        NavigableSet<Long> without = new TreeSet<>(ledger.uncertain());
        without.addAll(ledger.open());
        boolean isStopped = false;
        try (var reader =
                new LetterReader(requests, stream.name(), selection.from(), ledger.last(), null, true, batch)) {
            for (StoredLetter letter = reader.next();
                    letter != null && !isStopped && !isCancelled.getAsBoolean();
                    letter = reader.next()) {
                if (!selection.takes(letter) || !letter.isWhole() || without.contains(letter.sequence())) {
                    continue;
                }
                if (!isFinished(letter, watch, isCancelled)) {
                    progress.left();
                    continue;
                }
                if (!(destinations.of(letter) instanceof Destination.To there)) {
                    throw new IOException("the dead letter %d has nowhere to go any more".formatted(letter.sequence()));
                }
                portion.add(new Item(letter, there));
                portionBytes += letter.payload().length;
                if (portion.size() >= size || portionBytes >= PORTION_BYTES) {
                    flush(store, ledger, watch, isCancelled);
                    isStopped = isDying();
                }
            }
            if (!isStopped) {
                flush(store, ledger, watch, isCancelled);
            }
        } finally {
            settle();
        }
        sender.settle();
        store.write(asOfNow(ledger));
        return isStopped || isDying();
    }

    private boolean isDying() {
        return progress.isBeyond(spec.deadAgainPercent(), LEAST_DEAD_AGAIN);
    }

    /** What is open from before was sent to targets as they are in the ledger; what is sent now, to later ones. */
    private Ledger asOfNow(Ledger ledger) {
        NavigableSet<Long> open = new TreeSet<>(ledger.open());
        open.addAll(sender.open());
        Ledger now = ledger.with(open, ledger.uncertain());
        return ledger.open().isEmpty() ? now.withTargets(sender.reachedBeforeOpen()) : now;
    }

    /** Whatever has failed, what is on its way comes to its end before another process may take over. */
    private void settle() throws InterruptedException {
        try {
            sender.settle();
        } catch (IOException e) {
            // the same failure is thrown to whom it concerns
        }
    }

    private void flush(LedgerStore store, Ledger ledger, LetterWatch watch, BooleanSupplier isCancelled)
            throws IOException, InterruptedException {
        if (portion.isEmpty() || isCancelled.getAsBoolean()) {
            return;
        }
        NavigableSet<Long> sequences = new TreeSet<>();
        portion.forEach(each -> sequences.add(each.letter().sequence()));
        sender.announce(sequences);
        store.write(asOfNow(ledger));
        for (Item each : portion) {
            long wait = pace.take(System.nanoTime());
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            if (isCancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                break;
            }
            requireHeld(watch);
            sender.send(each.letter(), each.there());
            sequences.remove(each.letter().sequence());
        }
        sender.forget(sequences);
        portion.clear();
        portionBytes = 0;
    }

    /** Waits until the relay has finished with a dead letter; returns false if it does not go on. */
    private boolean isFinished(StoredLetter letter, LetterWatch watch, BooleanSupplier isCancelled)
            throws IOException, InterruptedException {
        String source = letter.stream();
        String consumer = letter.consumer();
        if (letter.advisory().isEmpty() || source == null || consumer == null) {
            return true;
        }
        long advisory = letter.advisory().getAsLong();
        Floor at = floors.computeIfAbsent(List.of(source, consumer), key -> new Floor());
        while (at.known.isPresent() && at.known.getAsLong() < advisory && !isCancelled.getAsBoolean()) {
            OptionalLong now = floor.read(source, consumer);
            if (!now.equals(at.known)) {
                at.moved = System.nanoTime();
                at.known = now;
            } else if (System.nanoTime() - at.moved > PATIENCE.toNanos()) {
                return false;
            } else {
                progress.say("waits until the relay has finished with the dead letter " + letter.sequence());
                TimeUnit.MILLISECONDS.sleep(FLOOR_INTERVAL.toMillis());
                requireHeld(watch);
            }
        }
        progress.say("");
        return true;
    }

    private void requireHeld(LetterWatch watch) throws IOException {
        if (!watch.isHeld()) {
            throw new IOException("the server of the stream %s is not heard any more".formatted(stream.name()));
        }
    }
}
