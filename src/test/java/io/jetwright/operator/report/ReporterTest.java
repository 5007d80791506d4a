package io.jetwright.operator.report;

import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.SettableClock;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private static final Assessment IN_SYNC = new Assessment(Reason.IN_SYNC, "JetStream agrees");
    private static final Deed CREATED = new Deed("Created", "stream orders is created");

    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    private final FakeEvents events = new FakeEvents();
    private final Reporter<Stream, StreamStatus> reporter = new Reporter<>(Stream::new, new Conditions(clock), events);
    private final Stream orders = stream("orders", "{}");
    private StreamStatus known =
            Serialization.unmarshal("{\"stream\": \"orders\", \"messages\": 3}", StreamStatus.class);

    /** The written resource's status is the resource's from now on. */
    private Optional<Stream> report(Assessment assessment, @Nullable Deed deed) {
        Optional<Stream> fresh =
                reporter.report(orders, assessment, deed, conditions -> known.with(1L, conditions, null, null));
        fresh.ifPresent(each -> orders.setStatus(each.getStatus()));
        return fresh;
    }

    private Condition ready() {
        return Conditions.find(orders.getStatus().conditions(), "Ready").orElseThrow();
    }

    @Test
    void whatIsToBeWrittenIsTheNameAndTheStatusAndNothingElse() {
        Stream fresh = report(IN_SYNC, null).orElseThrow();
        assertThat(fresh.getSpec()).isNull();
        assertThat(fresh.getMetadata())
                .isEqualTo(new ObjectMetaBuilder()
                        .withName("orders")
                        .withNamespace("shop")
                        .build());
        assertThat(fresh.getStatus().messages()).isEqualTo(3);
    }

    @Test
    void theConditionsAreThoseOfTheAssessmentAndTheGeneration() {
        orders.getMetadata().setGeneration(7L);
        report(new Assessment(Reason.REJECTED, "subjects overlap"), null);
        assertThat(ready().getStatus()).isEqualTo("False");
        assertThat(ready().getReason()).isEqualTo("Rejected");
        assertThat(ready().getMessage()).isEqualTo("subjects overlap");
        assertThat(ready().getObservedGeneration()).isEqualTo(7);
    }

    @Test
    void whatOthersWriteIsKeptInMindAndNotWritten() {
        var sharing = new Reporter<Stream, StreamStatus>(
                Stream::new,
                status -> StreamStatus.NOTHING.with(
                        status.observedGeneration(), Objects.requireNonNull(status.conditions()), null, null),
                (before, after) -> !after.equals(before),
                new Conditions(clock),
                events);
        Stream fresh = sharing.report(orders, IN_SYNC, null, conditions -> known.with(1L, conditions, null, null))
                .orElseThrow();
        assertThat(fresh.getStatus().messages()).isNull();
        orders.setStatus(known.with(1L, Objects.requireNonNull(fresh.getStatus().conditions()), null, null));
        assertThat(sharing.report(orders, IN_SYNC, null, conditions -> known.with(1L, conditions, null, null)))
                .isEmpty();
    }

    @Test
    void aStatusThatStaysAsItIsIsNotWritten() {
        assertThat(report(IN_SYNC, null)).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(report(IN_SYNC, null)).isEmpty();
        known = Serialization.unmarshal("{\"stream\": \"orders\", \"messages\": 4}", StreamStatus.class);
        assertThat(report(IN_SYNC, null)).isPresent();
    }

    @Test
    void aDeedIsToldAndIsNoReasonToWrite() {
        report(IN_SYNC, null);
        assertThat(report(IN_SYNC, CREATED)).isEmpty();
        assertThat(events.told()).containsExactly("Normal Created: stream orders is created");
    }

    @Test
    void aConditionThatHoldsKeepsItsTransitionTime() {
        report(IN_SYNC, null);
        clock.advance(Duration.ofMinutes(1));
        known = Serialization.unmarshal("{\"stream\": \"orders\", \"messages\": 4}", StreamStatus.class);
        report(IN_SYNC, null);
        assertThat(ready().getLastTransitionTime()).isEqualTo("2026-06-01T12:00:00Z");
        report(new Assessment(Reason.UNREACHABLE, "it is away"), null);
        assertThat(ready().getLastTransitionTime()).isEqualTo("2026-06-01T12:01:00Z");
    }

    @Test
    void aLongWarningIsToldOnceToo() {
        String message = "x".repeat(10_000);
        report(new Assessment(Reason.REJECTED, message), null);
        assertThat(report(new Assessment(Reason.REJECTED, message), null)).isEmpty();
        assertThat(events.told()).containsExactly("Warning Rejected: " + message);
    }
}
