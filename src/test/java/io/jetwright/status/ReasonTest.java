package io.jetwright.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
    @Test
    void noTwoReasonsHaveTheSameWord() {
        assertThat(Stream.of(Reason.values()).map(Reason::word)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aWordIsOneThatTheKubernetesApiTakesAndIsTheConstantsName(Reason reason) {
        assertThat(reason.word()).matches("[A-Z][A-Za-z]+");
        assertThat(reason.word()).isEqualToIgnoringCase(reason.name().replace("_", ""));
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatAgreesIsReadyAndWhatIsReadyIsDone(Reason reason) {
        assertThat(reason.ready() == Truth.TRUE)
                .isEqualTo(Set.of(
                                Reason.IN_SYNC,
                                Reason.CONNECTED,
                                Reason.AVAILABLE,
                                Reason.RELAYED,
                                Reason.LETTERS_MAY_BE_LOST,
                                Reason.REDRIVEN,
                                Reason.NOTHING_SELECTED)
                        .contains(reason));
        assertThat(reason.isReconciling() && reason.isStalled()).isFalse();
        if (reason.ready() == Truth.TRUE) {
            assertThat(reason.synced()).isEqualTo(Truth.TRUE);
            assertThat(reason.resolvedRefs()).isEqualTo(Truth.TRUE);
            assertThat(reason.isReconciling() || reason.isStalled()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachReasonIsDocumentedAsItIs(Reason reason) throws IOException {
        String progress = reason.isReconciling() ? "Reconciling" : reason.isStalled() ? "Stalled" : "";
        assertThat(Files.readString(Path.of("docs/reference/conditions.md")))
                .containsPattern("\\| `%s` \\| %s \\| *%s *\\|"
                        .formatted(reason.word(), reason.ready().word(), progress));
    }
}
