package io.jetwright.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many worlds: those of fixed seeds, and some that are new each day. {@code -Dworlds=1000000} plays more. */
class WorldsTest {
    private static final int LENGTH = 200;
    private static final long FIXED = Long.getLong("worlds", 300);
    private static final long NEW = 100;

    private static final String REPORTS = "io.jetwright.operator.report";

    @BeforeAll
    static void silence() {
        Configurator.setLevel(REPORTS, Level.OFF);
    }

    @AfterAll
    static void speak() {
        Configurator.setLevel(REPORTS, LogManager.getRootLogger().getLevel());
    }

    private static void play(LongStream seeds) {
        Optional<Story.Failure> failure = seeds.parallel()
                .mapToObj(seed -> Story.of(seed, LENGTH).play())
                .flatMap(Optional::stream)
                .findAny();
        failure.ifPresent(
                each -> assertThat(each.story().shortest(each)).as("a story").isNull());
    }

    @Test
    void theWorldsOfFixedSeedsAreWell() {
        play(LongStream.range(0, FIXED));
    }

    @Test
    void theWorldsOfTodayAreWell() {
        long first = LocalDate.now(ZoneOffset.UTC).toEpochDay() * NEW;
        System.err.println("Worlds of today: seeds from " + first + " on");
        play(LongStream.range(first, first + NEW));
    }
}
