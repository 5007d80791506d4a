package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.RedriveSelection;
import io.nats.client.impl.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");

    private static Headers headers() {
        return new Headers()
                .put("Dead-Letter-Stream", "ORDERS")
                .put("Dead-Letter-Subject", "orders.eu.new")
                .put("Dead-Letter-Sequence", "3")
                .put("Dead-Letter-Consumer", "worker")
                .put("Dead-Letter-Reason", "MaxDeliveries")
                .put("Dead-Letter-Time", "2026-03-01T10:00:00Z");
    }

    private static Selection selection(String fields) {
        return new Selection(Serialization.unmarshal("--- {" + fields + "}", RedriveSelection.class), CREATED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                              | true
            stream: ORDERS                                  | true
            stream: orders                                  | false
            consumer: worker                                | true
            consumer: other                                 | false
            'subject: orders.*.new'                         | true
            'subject: orders.>'                             | true
            'subject: orders.eu'                            | false
            reason: MaxDeliveries                           | true
            reason: Terminated                              | false
            since: 2h                                       | true
            since: 119m                                     | false
            'since: "2026-03-01T10:00:00Z"'                 | true
            'since: "2026-03-01T10:00:01Z"'                 | false
            until: 2h                                       | false
            until: 119m                                     | true
            'until: "2026-03-01T11:00:00+01:00"'            | false
            'fromSequence: 7, toSequence: 7'                | true
            fromSequence: 8                                 | false
            toSequence: 6                                   | false
            'stream: ORDERS, consumer: other'               | false
            """)
    void aLetterHasToMeetAllThatIsSet(String fields, boolean isTaken) {
        assertThat(selection(fields).takes(new StoredLetter(7, headers(), new byte[0])))
                .isEqualTo(isTaken);
    }

    @ParameterizedTest
    @CsvSource({
        "Dead-Letter-Subject, 'subject: \">\"', false",
        "Dead-Letter-Subject, '', true",
        "Dead-Letter-Time, since: 2h, false",
        "Dead-Letter-Time, until: 1m, false",
        "Dead-Letter-Time, '', true",
        "Dead-Letter-Stream, '', false",
        "Dead-Letter-Sequence, '', false"
    })
    void whatALetterDoesNotSayIsNotMet(String without, String fields, boolean isTaken) {
        Headers headers = headers();
        headers.remove(without);
        assertThat(selection(fields).takes(new StoredLetter(7, headers, new byte[0])))
                .isEqualTo(isTaken);
    }

    @Test
    void sequencesBoundWhatIsRead() {
        assertThat(selection("fromSequence: 3, toSequence: 9").from()).isEqualTo(3);
        assertThat(selection("fromSequence: 3, toSequence: 9").to()).isEqualTo(9);
        assertThat(selection("").from()).isEqualTo(1);
        assertThat(selection("").to()).isEqualTo(Long.MAX_VALUE);
    }
}
