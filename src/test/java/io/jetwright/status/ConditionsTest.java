package io.jetwright.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.jetwright.SettableClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionsTest {
    private static final String TABLE = """
            IN_SYNC             | Ready=True InSync                | Synced=True InSync                | ResolvedRefs=True Resolved
            SUSPENDED           | Ready=Unknown Suspended          | Synced=Unknown Suspended          | ResolvedRefs=Unknown Suspended
            DRIFTED             | Ready=False Drifted              | Synced=False Drifted              | ResolvedRefs=True Resolved
            NOT_FOUND           | Ready=False NotFound             | Synced=False NotFound             | ResolvedRefs=True Resolved
            STREAM_NOT_READY    | Ready=False StreamNotReady       | Synced=False StreamNotReady       | ResolvedRefs=False StreamNotReady | Reconciling=True StreamNotReady
            UNREACHABLE         | Ready=False Unreachable          | Synced=Unknown Unreachable        | ResolvedRefs=True Resolved | Reconciling=True Unreachable
            OFFLINE             | Ready=False Offline              | Synced=Unknown Offline            | ResolvedRefs=True Resolved | Stalled=True Offline
            NO_QUORUM           | Ready=False NoQuorum             | Synced=True InSync                | ResolvedRefs=True Resolved | Reconciling=True NoQuorum
            CONFLICT            | Ready=False Conflict             | Synced=False Conflict             | ResolvedRefs=True Resolved | Stalled=True Conflict
            IMMUTABLE           | Ready=False Immutable            | Synced=False Immutable            | ResolvedRefs=True Resolved | Stalled=True Immutable
            REJECTED            | Ready=False Rejected             | Synced=False Rejected             | ResolvedRefs=True Resolved | Stalled=True Rejected
            NOT_APPLIED         | Ready=False NotApplied           | Synced=False NotApplied           | ResolvedRefs=True Resolved | Stalled=True NotApplied
            DENIED              | Ready=False Denied               | Synced=Unknown Denied             | ResolvedRefs=True Resolved | Stalled=True Denied
            JETSTREAM_DISABLED  | Ready=False JetStreamDisabled    | Synced=Unknown JetStreamDisabled  | ResolvedRefs=True Resolved | Stalled=True JetStreamDisabled
            UNSUPPORTED         | Ready=False Unsupported          | Synced=False Unsupported          | ResolvedRefs=True Resolved | Stalled=True Unsupported
            INVALID             | Ready=False Invalid              | Synced=False Invalid              | ResolvedRefs=True Resolved | Stalled=True Invalid
            WAITING_UNTIL_EMPTY | Ready=False WaitingUntilEmpty    | Synced=False WaitingUntilEmpty    | ResolvedRefs=True Resolved | Reconciling=True WaitingUntilEmpty
            CONNECTION_NOT_FOUND | Ready=False ConnectionNotFound | Synced=Unknown ConnectionNotFound | ResolvedRefs=False ConnectionNotFound | Reconciling=True ConnectionNotFound
            NAMESPACE_NOT_ALLOWED | Ready=False NamespaceNotAllowed | Synced=Unknown NamespaceNotAllowed | ResolvedRefs=False NamespaceNotAllowed | Stalled=True NamespaceNotAllowed
            SECRET_NOT_FOUND | Ready=False SecretNotFound | Synced=Unknown SecretNotFound | ResolvedRefs=False SecretNotFound | Reconciling=True SecretNotFound
            SECRET_INVALID | Ready=False SecretInvalid | Synced=Unknown SecretInvalid | ResolvedRefs=False SecretInvalid | Stalled=True SecretInvalid
            FORBIDDEN | Ready=False Forbidden | Synced=Unknown Forbidden | ResolvedRefs=False Forbidden | Stalled=True Forbidden
            PENDING | Ready=False Pending | Synced=Unknown Pending | ResolvedRefs=True Resolved | Reconciling=True Pending
            IN_USE | Ready=False InUse | Synced=Unknown InUse | ResolvedRefs=True Resolved | Reconciling=True InUse
            BLOCKED | Ready=False Blocked | Synced=False Blocked | ResolvedRefs=True Resolved | Reconciling=True Blocked
            INTERNAL_ERROR | Ready=False InternalError | Synced=Unknown InternalError | ResolvedRefs=True Resolved | Reconciling=True InternalError
            INSECURE | Ready=False Insecure | Synced=Unknown Insecure | ResolvedRefs=True Resolved | Stalled=True Insecure
            CONNECTED | Ready=True Connected | Synced=True InSync | ResolvedRefs=True Resolved
            AVAILABLE | Ready=True Available | Synced=True InSync | ResolvedRefs=True Resolved
            CONSUMER_NOT_READY | Ready=False ConsumerNotReady | Synced=True InSync | ResolvedRefs=True Resolved | Reconciling=True ConsumerNotReady
            DEPLOYMENT_NOT_READY | Ready=False DeploymentNotReady | Synced=True InSync | ResolvedRefs=True Resolved | Reconciling=True DeploymentNotReady
            DEPLOYMENT_FAILED | Ready=False DeploymentFailed | Synced=True InSync | ResolvedRefs=True Resolved | Stalled=True DeploymentFailed
            HTTP_ROUTE_NOT_READY | Ready=False HttpRouteNotReady | Synced=True InSync | ResolvedRefs=True Resolved | Reconciling=True HttpRouteNotReady
            HTTP_ROUTE_NOT_ACCEPTED | Ready=False HttpRouteNotAccepted | Synced=True InSync | ResolvedRefs=True Resolved | Stalled=True HttpRouteNotAccepted
            CREDENTIALS_ELSEWHERE | Ready=False CredentialsElsewhere | Synced=Unknown CredentialsElsewhere | ResolvedRefs=False CredentialsElsewhere | Stalled=True CredentialsElsewhere
            KIND_NOT_INSTALLED | Ready=False KindNotInstalled | Synced=False KindNotInstalled | ResolvedRefs=True Resolved | Reconciling=True KindNotInstalled
            IMAGE_NOT_ALLOWED | Ready=False ImageNotAllowed | Synced=Unknown ImageNotAllowed | ResolvedRefs=True Resolved | Stalled=True ImageNotAllowed
            EVENT_LOGGER_DISABLED | Ready=False EventLoggerDisabled | Synced=Unknown EventLoggerDisabled | ResolvedRefs=Unknown EventLoggerDisabled | Stalled=True EventLoggerDisabled
            REDRIVING | Ready=False Redriving | Synced=False Redriving | ResolvedRefs=True Resolved | Reconciling=True Redriving
            WAITING_FOR_REDRIVE | Ready=False WaitingForRedrive | Synced=False WaitingForRedrive | ResolvedRefs=True Resolved | Reconciling=True WaitingForRedrive
            REFUSED | Ready=False Refused | Synced=False Refused | ResolvedRefs=True Resolved | Stalled=True Refused
            DEAD_AGAIN | Ready=False DeadAgain | Synced=False DeadAgain | ResolvedRefs=True Resolved | Stalled=True DeadAgain
            UNCERTAIN | Ready=False Uncertain | Synced=False Uncertain | ResolvedRefs=True Resolved | Stalled=True Uncertain
            REDRIVEN | Ready=True Redriven | Synced=True InSync | ResolvedRefs=True Resolved
            NOTHING_SELECTED | Ready=True NothingSelected | Synced=True InSync | ResolvedRefs=True Resolved
            RELAYED | Ready=True Relayed | Synced=True InSync | ResolvedRefs=True Resolved
            LETTERS_MAY_BE_LOST | Ready=True LettersMayBeLost | Synced=True InSync | ResolvedRefs=True Resolved
            RELAY_UNKNOWN | Ready=Unknown RelayUnknown | Synced=True InSync | ResolvedRefs=True Resolved
            RELAY_NOT_RUNNING | Ready=False RelayNotRunning | Synced=True InSync | ResolvedRefs=True Resolved
            NOT_RELAYED | Ready=False NotRelayed | Synced=True InSync | ResolvedRefs=True Resolved
            LETTER_STREAM_NOT_READY | Ready=False LetterStreamNotReady | Synced=True InSync | ResolvedRefs=True Resolved
            LETTER_LOOP | Ready=False LetterLoop | Synced=True InSync | ResolvedRefs=True Resolved | Stalled=True LetterLoop
            LETTER_STREAM_INVALID | Ready=False LetterStreamInvalid | Synced=True InSync | ResolvedRefs=True Resolved | Stalled=True LetterStreamInvalid
            LETTER_SUBJECT_INVALID | Ready=False LetterSubjectInvalid | Synced=True InSync | ResolvedRefs=True Resolved | Stalled=True LetterSubjectInvalid
            IMAGE_UNKNOWN | Ready=False ImageUnknown | Synced=Unknown ImageUnknown | ResolvedRefs=True Resolved | Stalled=True ImageUnknown
            """;

    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00.123456Z");
    private final Conditions conditions = new Conditions(clock);

    @ParameterizedTest
    @EnumSource
    void eachReasonHasItsConditions(Reason reason) {
        List<String> cells = TABLE.lines()
                .map(line -> Arrays.asList(line.split("\\|")))
                .filter(line -> line.get(0).strip().equals(reason.name()))
                .flatMap(line -> line.stream().skip(1).map(String::strip))
                .toList();
        assertThat(conditions.merge(null, reason, "why", 1L))
                .extracting(this::show)
                .isEqualTo(cells);
    }

    @ParameterizedTest
    @EnumSource
    void eachConditionSpeaksOfTheGenerationAndReadyAndTheTemporaryOnesSayWhy(Reason reason) {
        assertThat(conditions.merge(null, reason, "why", 7L)).allSatisfy(condition -> {
            assertThat(condition.getObservedGeneration()).isEqualTo(7);
            assertThat(condition.getMessage())
                    .isEqualTo(List.of("Synced", "ResolvedRefs").contains(condition.getType()) ? "" : "why");
            assertThat(condition.getLastTransitionTime()).isEqualTo("2026-06-01T12:00:00Z");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    IN_SYNC     | IN_SYNC          | Ready=12:00 Synced=12:00 ResolvedRefs=12:00
                    IN_SYNC     | UNREACHABLE      | Ready=12:01 Synced=12:01 ResolvedRefs=12:00 Reconciling=12:01
                    IN_SYNC     | CONFLICT         | Ready=12:01 Synced=12:01 ResolvedRefs=12:00 Stalled=12:01
                    UNREACHABLE | IN_SYNC          | Ready=12:01 Synced=12:01 ResolvedRefs=12:00
                    UNREACHABLE | STREAM_NOT_READY | Ready=12:00 Synced=12:01 ResolvedRefs=12:01 Reconciling=12:00
                    UNREACHABLE | DENIED           | Ready=12:00 Synced=12:00 ResolvedRefs=12:00 Stalled=12:01
                    CONFLICT    | IMMUTABLE        | Ready=12:00 Synced=12:00 ResolvedRefs=12:00 Stalled=12:00
                    SUSPENDED   | IN_SYNC          | Ready=12:01 Synced=12:01 ResolvedRefs=12:01
                    """)
    void onlyAConditionWhoseStatusChangesHasANewTransitionTime(Reason before, Reason after, String times) {
        List<Condition> first = conditions.merge(null, before, "first", 1L);
        clock.advance(Duration.ofMinutes(1));
        assertThat(conditions.merge(first, after, "second", 2L).stream()
                        .map(condition -> condition.getType() + "="
                                + condition.getLastTransitionTime().substring(11, 16))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(times);
    }

    @Test
    void reasonMessageAndGenerationChangeWithoutATransition() {
        List<Condition> first = conditions.merge(null, Reason.CONFLICT, "first", 1L);
        clock.advance(Duration.ofMinutes(1));
        Condition ready = ready(conditions.merge(first, Reason.REJECTED, "second", 2L));
        assertThat(ready.getReason()).isEqualTo("Rejected");
        assertThat(ready.getMessage()).isEqualTo("second");
        assertThat(ready.getObservedGeneration()).isEqualTo(2);
        assertThat(ready.getLastTransitionTime()).isEqualTo("2026-06-01T12:00:00Z");
    }

    @Test
    void nothingIsDifferentWhenNothingChanged() {
        List<Condition> first = conditions.merge(null, Reason.UNREACHABLE, "why", 1L);
        clock.advance(Duration.ofMinutes(1));
        assertThat(conditions.merge(first, Reason.UNREACHABLE, "why", 1L)).isEqualTo(first);
    }

    @Test
    void conditionsOfOthersAreNotTakenOver() {
        var foreign = new Condition();
        foreign.setType("Healthy");
        foreign.setStatus("True");
        assertThat(conditions.merge(List.of(foreign), Reason.IN_SYNC, "", 1L))
                .extracting(Condition::getType)
                .containsExactly("Ready", "Synced", "ResolvedRefs");
    }

    @Test
    void aConditionComesBackWithATransitionTimeOfItsOwn() {
        List<Condition> first = conditions.merge(null, Reason.UNREACHABLE, "", 1L);
        clock.advance(Duration.ofMinutes(1));
        List<Condition> second = conditions.merge(first, Reason.IN_SYNC, "", 1L);
        clock.advance(Duration.ofMinutes(1));
        List<Condition> third = conditions.merge(second, Reason.UNREACHABLE, "", 1L);
        assertThat(Conditions.find(second, "Reconciling")).isEmpty();
        assertThat(Conditions.find(third, "Reconciling").orElseThrow().getLastTransitionTime())
                .isEqualTo("2026-06-01T12:02:00Z");
    }

    @Test
    void aLongMessageIsCutAndSaysSo() {
        assertThat(ready(conditions.merge(null, Reason.REJECTED, "x".repeat(4096), 1L))
                        .getMessage())
                .isEqualTo("x".repeat(4096));
        assertThat(ready(conditions.merge(null, Reason.REJECTED, "x".repeat(70_000), 1L))
                        .getMessage())
                .isEqualTo("x".repeat(4093) + "...");
    }

    @Test
    void aResourceWithoutAGenerationHasConditionsWithoutOne() {
        assertThat(ready(conditions.merge(List.of(), Reason.IN_SYNC, "", null)).getObservedGeneration())
                .isNull();
    }

    @Test
    void nothingIsFoundAmongNoConditions() {
        assertThat(Conditions.find(null, "Ready")).isEmpty();
        assertThat(Conditions.find(List.of(), "Ready")).isEmpty();
        assertThat(Conditions.find(conditions.merge(null, Reason.IN_SYNC, "", 1L), "Stalled"))
                .isEmpty();
    }

    private static Condition ready(@Nullable List<Condition> conditions) {
        return Conditions.find(conditions, "Ready").orElseThrow();
    }

    private String show(Condition condition) {
        return condition.getType() + "=" + condition.getStatus() + " " + condition.getReason();
    }
}
