package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventLoggerMetricsTest {
    private final EventLoggerMetrics metrics = new EventLoggerMetrics();

    @Test
    void numbersGoOnAfterAGarbageCollection() {
        var number = new AtomicLong();
        metrics.counter("counted", "Counted", number::get);
        metrics.gauge("measured", "Measured", number::get);
        System.gc();

        number.set(7);

        assertThat(metrics.scrape())
                .contains("\nevent_logger_counted_total 7.0\n")
                .contains("\nevent_logger_measured 7.0\n");
    }
}
