package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.docs.Dashboard;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The metrics of resources that dashboards and texts ask for are those that there are. */
class DashboardMetricsTest {
    private static final Pattern OF_A_RESOURCE =
            Pattern.compile("\\bjetwright_(stream|consumer|keyvalue|objectstore|connection)_[a-z_]+");

    private static List<String> asked(List<Dashboard.Query> queries) {
        return queries.stream()
                .flatMap(query -> OF_A_RESOURCE.matcher(query.expression()).results())
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    @Test
    void dashboardsAskForWhatThereIs() {
        assertThat(ResourceMetrics.names())
                .containsAll(asked(Dashboard.all().stream()
                        .map(Dashboard::queries)
                        .flatMap(List::stream)
                        .toList()));
    }

    @Test
    void textsAskForWhatThereIs() {
        assertThat(asked(Dashboard.documented())).isNotEmpty();
        assertThat(ResourceMetrics.names()).containsAll(asked(Dashboard.documented()));
    }
}
