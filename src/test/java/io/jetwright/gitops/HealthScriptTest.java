package io.jetwright.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.SettableClock;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.gitops.HealthScript.Health;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.SideCondition;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaError;

/** The scripts of {@code examples/argocd/health}. */
class HealthScriptTest {
    private static final Path FOLDER = Path.of("examples", "argocd", "health");
    private static final HealthScript JETWRIGHT = HealthScript.in(FOLDER.resolve("jetwright.lua"));

    private static JsonNode yaml(String text) {
        return Serialization.unmarshal("---\n{" + text + "}", JsonNode.class);
    }

    /** As the operator reports it at this generation. */
    private static Stream reported(Reason reason, long observedGeneration) {
        var stream = new Stream();
        stream.getMetadata().setGeneration(2L);
        stream.setStatus(StreamStatus.NOTHING.with(
                observedGeneration,
                new Conditions(new SettableClock("2026-11-21T00:00:00Z"))
                        .merge(null, reason, "why", observedGeneration),
                null,
                null));
        return stream;
    }

    @ParameterizedTest
    @EnumSource
    void argoCdAndKstatusAgreeOnEveryReason(Reason reason) {
        Stream stream = reported(reason, 2);

        Health health = JETWRIGHT.assess(stream);

        assertThat(health.message()).isEqualTo(reason.word() + ": why");
        assertThat(KStatus.of(stream))
                .isEqualTo(
                        switch (health.status()) {
                            case "Healthy" -> KStatus.CURRENT;
                            case "Degraded" -> KStatus.FAILED;
                            case "Progressing", "Suspended" -> KStatus.IN_PROGRESS;
                            default -> throw new AssertionError(health);
                        });
    }

    @ParameterizedTest
    @EnumSource
    void whatWasReportedOfAnEarlierGenerationSaysNothingOfThisOne(Reason reason) {
        Stream stream = reported(reason, 1);

        assertThat(JETWRIGHT.assess(stream).status()).isEqualTo("Progressing");
        assertThat(KStatus.of(stream)).isEqualTo(KStatus.IN_PROGRESS);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBeingDeletedIsNeitherHealthyNorDegraded(Reason reason) {
        Stream stream = reported(reason, 2);
        stream.getMetadata().setDeletionTimestamp("2026-11-21T00:00:00Z");

        assertThat(JETWRIGHT.assess(stream).status()).isEqualTo("Progressing");
        assertThat(KStatus.of(stream)).isEqualTo(KStatus.TERMINATING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Healthy     | IN_SYNC              | InSync: why
            Healthy     | CONNECTED            | Connected: why
            Healthy     | AVAILABLE            | Available: why
            Suspended   | SUSPENDED            | Suspended: why
            Degraded    | REJECTED             | Rejected: why
            Degraded    | IMMUTABLE            | Immutable: why
            Degraded    | CONFLICT             | Conflict: why
            Degraded    | DENIED               | Denied: why
            Degraded    | DEPLOYMENT_FAILED    | DeploymentFailed: why
            Progressing | UNREACHABLE          | Unreachable: why
            Progressing | NO_QUORUM            | NoQuorum: why
            Progressing | STREAM_NOT_READY     | StreamNotReady: why
            Progressing | DEPLOYMENT_NOT_READY | DeploymentNotReady: why
            Progressing | DRIFTED              | Drifted: why
            """)
    void whatThePersonSees(String status, Reason reason, String message) {
        assertThat(JETWRIGHT.assess(reported(reason, 2))).isEqualTo(new Health(status, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata: {generation: 1}",
                "metadata: {generation: 1}, status: {}",
                "metadata: {generation: 1}, status: {observedGeneration: 1}",
                "metadata: {generation: 1}, status: {observedGeneration: 1, conditions: []}",
                "metadata: {generation: 1}, status: null"
            })
    void whatWasNeverReportedOnIsWaitedFor(String resource) {
        assertThat(JETWRIGHT.assess(yaml(resource)))
                .isEqualTo(
                        new Health(
                                "Progressing",
                                "Waiting for Jetwright. If this stays, see whether its operator runs, watches this namespace and reaches NATS"));
    }

    @Test
    void aConditionWithoutMessageIsShownByItsReason() {
        assertThat(JETWRIGHT.assess(yaml("metadata: {generation: 1}, status: {observedGeneration: 1,"
                        + " conditions: [{type: Ready, status: 'True', reason: InSync}]}")))
                .isEqualTo(new Health("Healthy", "InSync"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Progressing | Waiting for Argo CD | metadata: {}
            Progressing | Waiting for Argo CD | status: {sync: {status: Synced}}
            Healthy     | ''                  | status: {health: {status: Healthy}}
            Degraded    | a Stream is refused | status: {health: {status: Degraded, message: a Stream is refused}}
            """)
    void anApplicationIsAsItSays(String status, String message, String application) {
        assertThat(HealthScript.in(FOLDER.resolve("application.lua")).assess(yaml(application)))
                .isEqualTo(new Health(status, message));
    }

    /** Whether dead letters are relayed is no health; what keeps from being Ready is told by Ready and Stalled. */
    @Test
    void aConditionBesideTheUsualOnesIsNoHealth() {
        Stream stream = reported(Reason.IN_SYNC, 2);
        stream.setStatus(StreamStatus.NOTHING.with(
                2L,
                new Conditions(new SettableClock("2026-11-21T00:00:00Z"))
                        .merge(
                                null,
                                Reason.IN_SYNC,
                                "why",
                                2L,
                                Optional.of(new SideCondition("DeadLetters", Reason.RELAY_NOT_RUNNING, "gone", true))),
                null,
                null));

        assertThat(JETWRIGHT.assess(stream)).isEqualTo(new Health("Healthy", "InSync: why"));
        assertThat(KStatus.of(stream)).isEqualTo(KStatus.CURRENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"string.format('x')", "('x'):upper()", "os.time()", "io.read()", "rawlen({})"})
    void aScriptHasNoLibrariesThatArgoCdDoesNotGive(String call) {
        var script = new HealthScript("return {status = " + call + ", message = ''}");

        assertThatExceptionOfType(LuaError.class).isThrownBy(() -> script.assess(Map.of()));
    }
}
