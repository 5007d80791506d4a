package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JetStreamCursorsTest {
    private static final StreamCursor.Request FIRST = new StreamCursor.Request(1, null, null, 1_000, 1_000);

    private final OfflineEventLogger offline = new OfflineEventLogger(StreamFixtures.SETTINGS);
    private final StreamCursors cursors = offline.cursors();

    @Test
    void withoutAConnectionThereIsNoCursor() throws Exception {
        assertThat(cursors.open(FIRST)).isNull();

        offline.poller().update(StreamFixtures.view(List.of("events.>"), -1, null), "", null);

        assertThat(cursors.open(FIRST)).isNull();
    }

    @Test
    void theLastSequenceIsThatOfTheStreamIfThereIsOne() {
        assertThat(cursors.lastSequence()).isEmpty();

        offline.poller().update(StreamFixtures.view(List.of("events.>"), -1, null), "", null);

        assertThat(cursors.lastSequence()).hasValue(7);
    }
}
