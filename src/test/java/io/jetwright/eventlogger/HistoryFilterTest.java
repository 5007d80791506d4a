package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.uri.UriQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryFilterTest {
    private static HistoryFilter filter(StreamView view, String query) {
        return HistoryFilter.of(view, HistoryQuery.of(new QueryParameters(UriQuery.create(query))));
    }

    @Test
    void subjectsAreJetStreamsAndOnlyThoseThatAreShown() {
        StreamView all = StreamFixtures.view(List.of(), List.of(), "");
        StreamView some = StreamFixtures.view(List.of(), List.of("auth.user.>", "orders.*"), "");

        assertThat(filter(all, "").subjects()).isEmpty();
        assertThat(filter(all, "").isOpen()).isTrue();
        assertThat(filter(all, "subject=a.*").subjects()).containsExactly("a.*");
        assertThat(filter(some, "").subjects()).containsExactly("auth.user.>", "orders.*");
        assertThat(filter(some, "subject=*.*").subjects()).containsExactly("orders.*");
        assertThat(filter(some, "subject=*.*.a").subjects()).containsExactly("auth.user.a");
        assertThat(filter(some, "subject=other").subjects()).isNull();
        assertThat(filter(some, "subject=other").isOpen()).isFalse();
        assertThat(filter(some, "subject=*.*&name=auth.*").subjects()).isNull();
    }

    @Test
    void namesAreJetStreamsWhereAllThatIsShownHasThePrefix() {
        StreamView below = StreamFixtures.view(List.of(), List.of("events.>"), "events");
        StreamView beside = StreamFixtures.view(List.of("events.>", "audit"), List.of(), "events");

        assertThat(filter(below, "name=a.*").subjects()).containsExactly("events.a.*");
        assertThat(filter(below, "name=a.*").isExact()).isTrue();
        HistoryFilter ofApp = filter(beside, "name=audit");
        assertThat(ofApp.subjects()).isEmpty();
        assertThat(ofApp.isExact()).isFalse();
        assertThat(ofApp.matches(message("audit"))).isTrue();
        assertThat(ofApp.matches(message("events.audit"))).isTrue();
        assertThat(ofApp.matches(message("events.a"))).isFalse();
    }

    @Test
    void allHeadersHaveToMatch() {
        HistoryFilter filter = filter(StreamFixtures.view(List.of(), List.of(), ""), "header=Kind:x&header=Trace-Id");

        assertThat(filter.isExact()).isFalse();
        assertThat(filter.matches(message("a"))).isFalse();
        assertThat(filter.matches(new StoredMessage(
                        1, "a", Instant.EPOCH, new byte[0], Map.of("kind", List.of("x"), "Trace-Id", List.of("1")), 0)))
                .isTrue();
    }

    private static StoredMessage message(String subject) {
        return new StoredMessage(1, subject, Instant.EPOCH, new byte[0], Map.of("Kind", List.of("x")), 0);
    }
}
