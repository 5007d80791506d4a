package io.jetwright.operator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.jetstream.ErrorMeaning;
import io.jetwright.jetstream.Failures;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.status.Reason;
import io.jetwright.status.SideCondition;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AssessmentTest {
    private static Stream<Arguments> failures() {
        return Stream.of(
                arguments(Failures.connecting("why"), Reason.PENDING),
                arguments(Failures.unreachable("why"), Reason.UNREACHABLE),
                arguments(Failures.insecure("why"), Reason.INSECURE),
                arguments(Failures.denied("why"), Reason.DENIED),
                arguments(Failures.disabled("why"), Reason.JETSTREAM_DISABLED),
                arguments(Failures.noStream("why"), Reason.STREAM_NOT_READY),
                arguments(Failures.rejected("why"), Reason.REJECTED));
    }

    private static SideCondition side(Reason reason) {
        return new SideCondition("DeadLetters", reason, "beside", true);
    }

    @Test
    void aConditionBesideLeavesReadyAsItIsUnlessItIsStalled() {
        var inSync = new Assessment(Reason.IN_SYNC, "agrees");
        assertThat(inSync.with(side(Reason.RELAY_NOT_RUNNING)).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(inSync.with(side(Reason.RELAY_NOT_RUNNING)).side()).contains(side(Reason.RELAY_NOT_RUNNING));
        Assessment refused = inSync.with(side(Reason.LETTER_LOOP));
        assertThat(refused.reason()).isEqualTo(Reason.LETTER_LOOP);
        assertThat(refused.message()).isEqualTo("beside");
        assertThat(new Assessment(Reason.UNREACHABLE, "away")
                        .with(side(Reason.LETTER_LOOP))
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachFailureHasAReasonAndKeepsItsMessage(JetStreamException failure, Reason reason) {
        assertThat(Assessment.of(failure).reason()).isEqualTo(reason);
        assertThat(Assessment.of(failure).message()).startsWith("why");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalMayPassIfSomethingElseIsInTheWay(ErrorMeaning meaning) {
        boolean isInTheWay = meaning == ErrorMeaning.BLOCKED_BY_OBJECT || meaning == ErrorMeaning.BLOCKED_BY_CLIENT;
        assertThat(Assessment.of(Failures.rejected(meaning)).reason())
                .isEqualTo(isInTheWay ? Reason.BLOCKED : Reason.REJECTED);
    }

    @Test
    void whatNobodyForesawIsNamedUnlessKubernetesHasFailed() {
        var failure = new IllegalStateException("reconciled", new NullPointerException("spec is null"));
        assertThat(Assessment.ofUnforeseen(failure))
                .contains(new Assessment(
                        Reason.INTERNAL_ERROR,
                        "the operator failed at it, and tries again: java.lang.NullPointerException: spec is null."
                                + " Its log has the rest; please report it"));
        assertThat(Assessment.ofUnforeseen(
                        new IllegalStateException("reconciled", new KubernetesClientException("it is away"))))
                .isEmpty();
    }

    @Test
    void aRefusalSaysWhatToDoByTheFieldsOfTheSpec() {
        JetStreamException refusal = Failures.rejected("why");
        assertThat(Assessment.of(refusal).message()).isEqualTo("why. Change the other stream");
        assertThat(Assessment.of(refusal, field -> Optional.of("itsName")).message())
                .isEqualTo("why. Change spec.itsName, or change the other stream");
    }
}
