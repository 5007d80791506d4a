package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JetStreamCursorsTest {
    private final OfflineEventLogger offline = new OfflineEventLogger(StreamFixtures.SETTINGS);
    private final StreamCursors cursors = offline.cursors();

    @Test
    void withoutAConnectionThereIsNoCursor() throws Exception {
        assertThat(cursors.fromSequence(1)).isNull();
        assertThat(cursors.fromTime(Instant.EPOCH)).isNull();

        offline.poller().update(StreamFixtures.view(List.of("events.>"), -1, null), "", null);

        assertThat(cursors.fromSequence(1)).isNull();
        assertThat(cursors.fromTime(Instant.EPOCH)).isNull();
    }

    @Test
    void theLastSequenceIsThatOfTheStreamIfThereIsOne() {
        assertThat(cursors.lastSequence()).isEmpty();

        offline.poller().update(StreamFixtures.view(List.of("events.>"), -1, null), "", null);

        assertThat(cursors.lastSequence()).hasValue(7);
    }
}
