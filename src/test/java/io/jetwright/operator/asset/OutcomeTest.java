package io.jetwright.operator.asset;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.jetstream.Failures;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.Deed;
import io.jetwright.plan.Difference;
import io.jetwright.plan.Mapping;
import io.jetwright.status.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final List<Difference> DRIFT = List.of(new Difference("maxAge", "1d", "2d"));

    @Test
    void aFailureHasSeenNothingAndSaysWhy() {
        Outcome outcome = Outcome.failed(Failures.unreachable("it is away"), Mapping.STREAM);
        assertThat(outcome).isEqualTo(Outcome.of(Reason.UNREACHABLE, "it is away"));
        assertThat(outcome.sight()).isEqualTo(new Sight.Unseen());
        assertThat(outcome.assessment()).isEqualTo(new Assessment(Reason.UNREACHABLE, "it is away"));
    }

    @Test
    void aConsumerWithoutAStreamDoesNotExist() {
        assertThat(Outcome.failed(Failures.noStream("no stream"), Mapping.CONSUMER))
                .isEqualTo(Outcome.of(Reason.STREAM_NOT_READY, "no stream", new Sight.Absent()));
    }

    /** A bucket has no subjects to change. */
    @Test
    void aRefusalNamesTheFieldsThatTheKindHas() {
        JetStreamException refusal = Failures.rejected("subjects overlap");
        assertThat(Outcome.failed(refusal, Mapping.STREAM).message())
                .isEqualTo("subjects overlap. Change spec.subjects, or change the other stream");
        assertThat(Outcome.failed(refusal, Mapping.KEY_VALUE).message())
                .isEqualTo("subjects overlap. Change the other stream");
    }

    @Test
    void anotherReasonKeepsWhatWasSeenAndDone() {
        Outcome updated = Outcome.of(Reason.IN_SYNC, "JetStream agrees", new Sight.Absent())
                .drift(DRIFT)
                .deed("Updated", "it is updated");
        assertThat(updated.because(Reason.NO_QUORUM, "nobody leads"))
                .isEqualTo(new Outcome(
                        Reason.NO_QUORUM,
                        "nobody leads",
                        new Sight.Absent(),
                        DRIFT,
                        List.of(),
                        new Deed("Updated", "it is updated")));
        assertThat(updated.sight(new Sight.Unseen()).deed()).isEqualTo(new Deed("Updated", "it is updated"));
    }
}
