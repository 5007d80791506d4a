package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtTest {
    @ParameterizedTest
    @CsvSource({
        // found, retention, replicas, age, same server, first sequence, deleted, present, what is done
        "true,  workqueue, 1, 3600, false, 1,  0, 5,  SENT",
        "true,  limits,    1, 1,    true,  1,  0, 0,  SENT",
        "false, workqueue, 1, 1,    true,  1,  0, 39, SEND_AGAIN",
        "false, workqueue, 1, 89,   true,  1,  0, 39, SEND_AGAIN",
        "false, workqueue, 1, 90,   true,  1,  0, 39, UNCERTAIN",
        "false, workqueue, 1, 90,   true,  1,  0, 40, NOT_SENT",
        "false, workqueue, 1, 1,    false, 1,  0, 39, UNCERTAIN",
        "false, workqueue, 1, 1,    false, 11, 9, 40, NOT_SENT",
        "false, workqueue, 1, 1,    false, 51, 0, 0,  UNCERTAIN",
        "false, workqueue, 3, 1,    false, 1,  0, 39, SEND_AGAIN",
        "false, interest,  1, 3600, true,  1,  0, 39, UNCERTAIN",
        "false, interest,  1, 3600, true,  1,  0, 40, NOT_SENT",
        "false, limits,    1, 3600, true,  1,  0, 0,  NOT_SENT",
        "false, limits,    1, 1,    false, 11, 0, 0,  NOT_SENT",
        "false, limits,    1, 3600, true,  12, 0, 0,  UNCERTAIN",
        "false, limits,    1, 3600, true,  1,  1, 0,  UNCERTAIN"
    })
    void nothingIsSentTwiceAndNothingIsTakenForSent(
            boolean isFound,
            String retention,
            int replicas,
            int age,
            boolean isServerTheSame,
            long first,
            long deleted,
            long present,
            Doubt expected) {
        var target = new StreamFacts(
                "TARGET",
                "",
                retention,
                List.of(),
                Duration.ofMinutes(2),
                false,
                false,
                false,
                replicas,
                first,
                50,
                deleted);
        assertThat(Doubt.decide(
                        isFound, target, new Ledger.Mark(10, 0), present, Duration.ofSeconds(age), isServerTheSame))
                .isEqualTo(expected);
    }
}
