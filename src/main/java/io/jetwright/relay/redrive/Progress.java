package io.jetwright.relay.redrive;

import io.jetwright.api.RedriveSample;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How far a Redrive is, as its threads count it. */
final class Progress {
    private final AtomicLong done = new AtomicLong();
    private final LongAdder deadAgain = new LongAdder();
    private final LongAdder tooLarge = new LongAdder();
    private final Speed speed = new Speed();
    private volatile @Nullable Instant started;
    private volatile @Nullable Long matched;
    private volatile long skipped;
    private volatile long uncertain;
    private final LongAdder left = new LongAdder();
    private volatile String message = "";
    private volatile @Nullable List<RedriveSample> sample;
    private final RedriveCounter counter;

    /**
     * Nothing is known yet.
     *
     * @param started when it began; null if it has not
     * @param counter is told of each dead letter that is done with
     */
    Progress(@Nullable Instant started, RedriveCounter counter) {
        this.started = started;
        this.counter = counter;
    }

    /**
     * It is known what is to be sent. What an earlier attempt has left is looked at again, and so counted anew; what it has removed
     * without hearing of it, is counted now.
     */
    void begin(Instant time, long toSend, long without, long alreadyDone) {
        if (matched != null && alreadyDone > done.get()) {
            counter.count(RedriveOutcome.SENT, alreadyDone - done.get());
        }
        started = time;
        matched = toSend;
        skipped = without;
        done.set(alreadyDone);
        tooLarge.reset();
        left.reset();
        speed.note(System.nanoTime(), alreadyDone);
    }

    /** It is known what would be sent. */
    void tell(Instant time, long toSend, long without, List<RedriveSample> first) {
        begin(time, toSend, without, 0);
        sample = first;
    }

    void sent() {
        done.incrementAndGet();
        counter.count(RedriveOutcome.SENT, 1);
    }

    /** It has ended. To be called once, by the process that has ended it. */
    void end() {
        counter.count(RedriveOutcome.NO_PAYLOAD, skipped);
        counter.count(RedriveOutcome.TOO_LARGE, tooLarge());
        counter.count(RedriveOutcome.UNFINISHED, leftBehind());
        counter.count(RedriveOutcome.UNCERTAIN, uncertain);
    }

    /** One was refused as too large, and stays. */
    void refused() {
        tooLarge.increment();
    }

    void diedAgain() {
        deadAgain.increment();
    }

    /** They are counted anew. */
    void forgetDeadAgain() {
        deadAgain.reset();
    }

    void uncertain(long count) {
        uncertain = count;
    }

    /** One is left, since the relay has not finished with it. */
    void left() {
        left.increment();
    }

    void say(String words) {
        message = words;
    }

    String message() {
        return message;
    }

    @Nullable
    Instant started() {
        return started;
    }

    @Nullable
    Long matched() {
        return matched;
    }

    @Nullable
    List<RedriveSample> sample() {
        return sample;
    }

    long done() {
        return done.get();
    }

    long skipped() {
        return skipped + tooLarge.sum();
    }

    long tooLarge() {
        return tooLarge.sum();
    }

    long uncertain() {
        return uncertain;
    }

    long leftBehind() {
        return left.sum();
    }

    long deadAgain() {
        return deadAgain.sum();
    }

    /** Whether more have died again than the share of what was sent, and so many that it is no chance. */
    boolean isBeyond(int percent, int least) {
        long dead = deadAgain();
        return dead >= least && dead * 100 > done() * percent;
    }

    /** How fast it goes, as of now. */
    Speed speed() {
        speed.note(System.nanoTime(), done());
        return speed;
    }
}
