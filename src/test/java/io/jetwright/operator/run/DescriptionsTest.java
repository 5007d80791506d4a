package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionsTest {
    private static Meter.Id id(String name, @Nullable String description) {
        return new Meter.Id(name, Tags.of("kind", "Stream"), "seconds", description, Meter.Type.TIMER);
    }

    @ParameterizedTest
    @CsvSource({
        "operator.sdk.controllers.execution.reconcile, How long reconciliations take",
        "operator.sdk.controllers.execution.reconcile.success, Reconciliations without an error of the operator",
        "operator.sdk.reconciliations.queue.size.stream, Resources that wait to be reconciled",
        "operator.sdk.of.another.release, Of the Java Operator SDK",
        "jetwright.resources,"
    })
    void aMetricWithoutHelpGetsIt(String name, @Nullable String description) {
        Meter.Id described = new Descriptions().map(id(name, null));
        assertThat(described.getDescription()).isEqualTo(description);
        assertThat(described).isEqualTo(id(name, null));
        assertThat(described.getBaseUnit()).isEqualTo("seconds");
        assertThat(described.getType()).isEqualTo(Meter.Type.TIMER);
    }

    @ParameterizedTest
    @CsvSource({"operator.sdk.events.received, Of its own", "jetwright.resources, Resources"})
    void itsOwnHelpStays(String name, String description) {
        assertThat(new Descriptions().map(id(name, description)).getDescription())
                .isEqualTo(description);
    }
}
