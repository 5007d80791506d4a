package io.jetwright.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.DeadLetter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterSubjectTest {
    private static LetterSubject subjects(String template) {
        return new LetterSubject(template, "ORDERS", "worker");
    }

    @ParameterizedTest
    @CsvSource({
        DeadLetter.DEFAULT_SUBJECT + ", orders.eu.new, dead-letters.ORDERS.worker.orders.eu.new",
        "{subject}.dlq, auth.user.created, auth.user.created.dlq",
        "dlq.{token(2)}.{token(1)}, orders.eu.new, dlq.eu.orders",
        "dlq.{token(12)}.x, orders.eu, dlq._.x",
        "dead-{consumer}, orders.eu, dead-worker",
        "fixed, orders.eu, fixed",
        "d.{subject}, a$1.b, d.a$1.b"
    })
    void theVariablesAreThoseOfTheMessage(String template, String subject, String letter) {
        assertThat(subjects(template).of(subject)).isEqualTo(letter);
    }

    @ParameterizedTest
    @CsvSource({
        "d.{subject}, orders.*.new, d.orders._.new",
        "d.{subject}, orders.>, d.orders._",
        "d.{subject}, >, d._",
        "d.{token(3)}, orders.>, d._",
        "d.{subject}, orders.new, d.orders.new"
    })
    void whatIsNotKnownOfASubjectIsUnderscores(String template, String pattern, String letter) {
        assertThat(subjects(template).ofUnknown(pattern)).isEqualTo(letter);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dead-letters.{stream}.{consumer}.{subject} | orders.>            | dead-letters.ORDERS.worker.orders.>
            {subject}.dlq                              | auth.user.*         | auth.user.*.dlq
            {subject}.dlq                              | auth.>              | auth.>
            dlq.{token(2)}.{consumer}                  | orders.>            | dlq.*.worker
            dlq.{token(2)}.{consumer}                  | orders.eu           | dlq.eu.worker
            dlq.{token(2)}                             | orders.*            | dlq.*
            dlq-{token(1)}.x                           | *.a                 | *.x
            dlq.{consumer}                             | a.>,b.>             | dlq.worker
            d.{subject}                                | a.>,a.b             | d.a.>
            d.{subject}                                | a.b,c               | d.a.b,d.c
            d.{subject}                                | >                   | d.>
            """)
    void theLettersOfAConsumerMatchThesePatterns(String template, String patterns, String expected) {
        assertThat(String.join(",", subjects(template).patterns(List.of(patterns.split(",")))))
                .isEqualTo(expected);
    }
}
