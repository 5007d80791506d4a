package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLoggerMetricsTest {
    private final EventLoggerMetrics metrics = new EventLoggerMetrics();

    private static String body(Answer answer) throws IOException {
        var out = new ByteArrayOutputStream();
        answer.body().to(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/openmetrics-text | application/openmetrics-text; version=1.0.0; charset=utf-8",
                "application/openmetrics-text;version=1.0.0;q=0.6,*/*;q=0.1 | application/openmetrics-text; version=1.0.0; charset=utf-8",
                "'' | text/plain; version=0.0.4; charset=utf-8",
                "*/* | text/plain; version=0.0.4; charset=utf-8",
                "text/plain;version=0.0.4 | text/plain; version=0.0.4; charset=utf-8"
            })
    void theFormatIsWhatTheClientTakes(String accepted, String contentType) throws IOException {
        Answer answer = metrics.answer(accepted);

        assertThat(answer.contentType()).isEqualTo(contentType);
        assertThat(body(answer).endsWith("\n# EOF\n"))
                .isEqualTo(contentType.startsWith("application/openmetrics-text"));
    }

    @Test
    void numbersGoOnAfterAGarbageCollection() throws IOException {
        var number = new AtomicLong();
        metrics.counter("counted", "Counted", number::get);
        metrics.gauge("measured", "Measured", number::get);
        System.gc();

        number.set(7);

        assertThat(body(metrics.answer("")))
                .contains("\nevent_logger_counted_total 7.0\n")
                .contains("\nevent_logger_measured 7.0\n");
    }
}
