package io.jetwright.relay.redrive;

import io.jetwright.status.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** One attempt at a Redrive over one connection: settles what an earlier one has left, and goes on. */
final class Session {
    private final RedriveTask task;
    private final Progress progress;
    private final Requests requests;
    private final StreamDirectory directory;
    private final StreamFacts facts;
    private final LetterStream stream;
    private final Selection selection;
    private final LedgerStore store;
    private final Memory memory;
    private final Clock clock;
    private final BooleanSupplier isCancelled;

    Session(
            RedriveTask task,
            Progress progress,
            Requests requests,
            StreamDirectory directory,
            StreamFacts facts,
            LedgerStore store,
            Memory memory,
            Clock clock,
            BooleanSupplier isCancelled) {
        this.task = task;
        this.progress = progress;
        this.requests = requests;
        this.directory = directory;
        this.facts = facts;
        this.stream = facts.letters();
        this.selection = new Selection(task.spec().selection(), task.created());
        this.store = store;
        this.memory = memory;
        this.clock = clock;
        this.isCancelled = isCancelled;
    }

    private boolean isOwn(Ledger ledger) {
        return ledger.uid().equals(task.uid());
    }

    private Survey survey(Destinations destinations, long to, long limit, NavigableSet<Long> without)
            throws IOException, InterruptedException {
        return Survey.of(
                requests, stream, selection, Math.min(selection.to(), to), limit, without, destinations, isCancelled);
    }

    private Destinations destinations() {
        return new Destinations(
                directory, stream, task.spec().targetSubject(), task.spec().requiresConsumer());
    }

    private long limit() {
        return Objects.requireNonNullElse(task.spec().limit(), Long.MAX_VALUE);
    }

    Verdict tell() throws IOException, InterruptedException {
        Survey survey = survey(destinations(), facts.lastSequence(), limit(), new TreeSet<>());
        progress.tell(clock.instant(), survey.matched(), survey.skipped(), survey.sample());
        return Endings.told(task, survey);
    }

    /**
     * Sends what is selected, once the stream is this process's.
     *
     * @return how it has ended; empty if it is over already, or is cancelled
     */
    Optional<Verdict> run(Notes notes, Sending.Finished floor, LetterWatch watch, DeadAgain dead)
            throws IOException, InterruptedException {
        Optional<Ledger> last = store.read();
        memory.compareWith(last);
        Notes.State state = notes.state();
        if (state == Notes.State.OVER) {
            return Optional.empty();
        }
        Optional<Ledger> own = last.filter(this::isOwn);
        if (state == Notes.State.BEGUN && own.isEmpty()) {
            return Optional.of(new Verdict(
                    Reason.REFUSED,
                    "what was sent is not known any more, since the stream %s was deleted, or another cluster has sent dead letters of %s meanwhile: nothing more is sent; create another Redrive for what is left"
                            .formatted(LedgerStore.STREAM, task.stream())));
        }
        if (own.isPresent() && !own.get().created().equals(stream.created())) {
            return Optional.of(new Verdict(
                    Reason.REFUSED,
                    "the stream %s was deleted and created anew meanwhile: create another Redrive for what it has now"
                            .formatted(task.stream())));
        }
        Destinations destinations = destinations();
        Survey survey = survey(
                destinations,
                own.map(Ledger::last).orElse(facts.lastSequence()),
                own.isPresent() ? Long.MAX_VALUE : limit(),
                own.map(Ledger::uncertain).orElseGet(TreeSet::new));
        if (survey.refusal() != null) {
            return Optional.of(new Verdict(Reason.REFUSED, survey.refusal()));
        }
        if (isCancelled.getAsBoolean()) {
            return Optional.empty();
        }
        Instant started = Objects.requireNonNullElseGet(progress.started(), clock::instant);
        Optional<Ledger> usable =
                last.filter(ledger -> ledger.created().equals(stream.created())).map(this::withoutUnsent);
        var sender = new Sender(
                requests,
                stream,
                progress,
                dead,
                memory,
                usable.map(Ledger::open).orElseGet(TreeSet::new));
        String server = requests.connection().getServerInfo().getServerId();
        Ledger ledger = ledger(own, usable, survey, server);
        progress.begin(
                started,
                ledger.matched(),
                ledger.skipped(),
                ledger.matched() - survey.matched() - ledger.uncertain().size());
        if (!ledger.open().isEmpty()) {
            ledger = settle(ledger, destinations, sender, server);
        } else {
            store.write(ledger);
        }
        progress.uncertain(ledger.uncertain().size());
        notes.begun();
        var sending = new Sending(task.spec(), requests, stream, selection, destinations, sender, progress, floor);
        boolean isStopped = sending.run(store, ledger, watch, isCancelled);
        return isCancelled.getAsBoolean()
                ? Optional.empty()
                : Optional.of(Endings.sent(task, progress, ledger, survey, isStopped));
    }

    private Ledger withoutUnsent(Ledger ledger) {
        NavigableSet<Long> open = new TreeSet<>(ledger.open());
        open.removeAll(memory.unsent());
        return ledger.with(open, ledger.uncertain());
    }

    /** The ledger of this Redrive, with what is open from before, also from another one. */
    private Ledger ledger(Optional<Ledger> own, Optional<Ledger> usable, Survey survey, String server)
            throws IOException, InterruptedException {
        Map<String, Ledger.Mark> marks =
                new TreeMap<>(usable.filter(each -> !each.open().isEmpty() || isOwn(each))
                        .map(Ledger::targets)
                        .orElseGet(Map::of));
        survey.targets()
                .forEach((name, facts) ->
                        marks.putIfAbsent(name, new Ledger.Mark(facts.lastSequence(), facts.deleted())));
        NavigableSet<Long> open = usable.map(Ledger::open).orElseGet(TreeSet::new);
        return new Ledger(
                task.name(),
                task.uid(),
                stream.created(),
                own.map(Ledger::last).orElse(survey.last()),
                own.map(Ledger::matched).orElse(survey.matched()),
                own.map(Ledger::skipped).orElse(survey.skipped()),
                memory.writer(),
                usable.filter(each -> !open.isEmpty()).map(Ledger::server).orElse(server),
                open.isEmpty()
                        ? null
                        : Objects.requireNonNullElse(usable.orElseThrow().noted(), store.stored()),
                open,
                own.map(Ledger::uncertain).orElseGet(TreeSet::new),
                marks);
    }

    private Ledger settle(Ledger ledger, Destinations destinations, Sender sender, String server)
            throws IOException, InterruptedException {
        Duration age = Duration.between(Objects.requireNonNull(ledger.noted()), store.now(ledger));
        var doubts = new Doubts(requests, directory, stream, destinations, sender, memory);
        Doubts.Settled settled = doubts.settle(
                ledger,
                age,
                ledger.server().equals(server),
                letter -> letter.sequence() <= ledger.last() && selection.takes(letter),
                progress);
        sender.forget(settled.stillOpen());
        NavigableSet<Long> uncertain = new TreeSet<>(ledger.uncertain());
        uncertain.addAll(settled.uncertain());
        Ledger after = settled.stillOpen().isEmpty()
                ? ledger.settled(uncertain, server)
                : ledger.with(settled.stillOpen(), uncertain);
        store.write(after);
        return after;
    }
}
