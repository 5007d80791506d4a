package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.kind.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Migration;
import io.jetwright.api.Replica;
import io.jetwright.api.StreamLag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"at": "2026-06-01T11:00:00.999999999Z"} | 2026-06-01T11:00:00Z
                    {"at": "2026-06-01T13:00:00+02:00"}      | 2026-06-01T11:00:00Z
                    {"at": "0001-01-01T00:00:00Z"}           |
                    {"at": ""}                               |
                    {}                                       |
                    """)
    void aTimeIsToTheSecondAndNoneWhenGoWroteNone(String object, String time) {
        assertThat(InfoReader.time(json(object), "at")).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": "b"} | b
            {"a": ""}  |
            {}         |
            """)
    void anEmptyTextIsNone(String object, String text) {
        assertThat(InfoReader.text(json(object), "a")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"config": {"max_age": 5400000000000}} | 1h30m
            {"config": {"max_age": 0}}             |
            {"config": {}}                         |
            """)
    void aMaximumAgeIsADurationAndNoneWithoutALimit(String info, String ttl) {
        assertThat(InfoReader.ttl(json(info))).isEqualTo(ttl);
    }

    @Test
    void theReplicasAreTheServersBesideTheLeader() {
        assertThat(InfoReader.replicas(json("""
                {"cluster": {"leader": "n1", "replicas": [{"name": "n2", "current": true, "lag": 7}, {"name": "n3", "offline": true}]}}
                """)))
                .containsExactly(new Replica("n2", true, false, 7), new Replica("n3", false, true, 0));
        assertThat(InfoReader.replicas(json("{\"cluster\": {\"leader\": \"n1\", \"replicas\": []}}")))
                .isNull();
        assertThat(InfoReader.replicas(json("{}"))).isNull();
    }

    /** As nats-server 2.15.2 answered while two of three servers were stopped; the third keeps the only copy. */
    private static final String MIGRATING = """
            {"type": "io.nats.jetstream.api.v1.stream_info_response", "cluster": {"name": "test", "leader": "n4", "replicas": [
                {"name": "n3", "current": false, "active": 0, "peer": "BXScrY9i", "pending": true},
                {"name": "n5", "current": false, "active": 0, "peer": "C8OtEtgR", "pending": true}],
              "desired": {"created": "2026-06-01T14:32:03.805354591Z", "name": "test",
                "replicas": [{"name": "n4", "peer": "C7B8kAbl"}, {"name": "n5", "peer": "C8OtEtgR"}, {"name": "n3", "peer": "BXScrY9i"}],
                "origin": {"replicas": 1},
                "status": {"description": "waiting for quorum to add peer", "type": "quorum"}}}}
            """;

    @Test
    void aMigrationShowsWhereToAndWhatItWaitsFor() {
        assertThat(InfoReader.migration(json(MIGRATING)))
                .isEqualTo(new Migration(
                        "2026-06-01T14:32:03Z",
                        "test",
                        List.of("n3", "n4", "n5"),
                        "quorum",
                        "waiting for quorum to add peer",
                        null));
        assertThat(InfoReader.replicas(json(MIGRATING)))
                .containsExactly(new Replica("n3", false, false, 0, true), new Replica("n5", false, false, 0, true));
        assertThat(InfoReader.migration(json("{\"cluster\": {\"leader\": \"n1\"}}")))
                .isNull();
        assertThat(InfoReader.migration(json(
                        "{\"cluster\": {\"desired\": {\"status\": {\"type\": \"snapshot\", \"err\": \"no space\"}}}}")))
                .isEqualTo(new Migration(null, null, null, "snapshot", null, "no space"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type": "v1.stream_info_response", "cluster": {"leader": "n2"}}   | n2
            {"type": "v1.stream_info_response", "cluster": {}}                 |
            {"type": "v1.consumer_info_response"}                              |
            {"type": "v1.stream_update_response", "cluster": {"leader": "n2"}} | n2
            {"type": "v1.stream_update_response", "cluster": {"desired": {}}}  | n1
            {"type": "v1.stream_create_response"}                              | n1
            """)
    void whoeverAnswersAnUpdateMayNotKnowTheLeader(String info, String leader) {
        assertThat(InfoReader.leader(json(info), "n1")).isEqualTo(leader);
    }

    @Test
    void aStreamThatIsSealedSaysSo() {
        assertThat(InfoReader.sealed(json("{\"config\": {\"sealed\": true}}"))).isTrue();
        assertThat(InfoReader.sealed(json("{\"config\": {\"sealed\": false}}"))).isNull();
        assertThat(InfoReader.storage(json("{\"config\": {\"storage\": \"memory\"}}")))
                .isEqualTo("memory");
    }

    @Test
    void mirrorsAndSourcesShowTheirLagAndTheirError() {
        assertThat(InfoReader.mirror(json("{\"mirror\": {\"name\": \"A\", \"lag\": 3}}")))
                .isEqualTo(new StreamLag("A", 3, null));
        assertThat(InfoReader.mirror(json("{}"))).isNull();
        assertThat(InfoReader.sources(
                        json("{\"sources\": [{\"name\": \"A\", \"error\": {\"description\": \"stream not found\"}}]}")))
                .containsExactly(new StreamLag("A", 0, "stream not found"));
        assertThat(InfoReader.sources(json("{\"sources\": []}"))).isNull();
    }

    private static final String INFO =
            "{\"created\": \"2026-06-01T12:00:00.5Z\", \"ts\": \"2026-06-01T12:30:10.25Z\", \"sources\": [%s]}";

    /** Else two sources of one name in two domains look alike, and one that was never reached has no lag. */
    @Test
    void whatIsNotReachedIsToldFromWhatIsCopied() {
        assertThat(InfoReader.sources(json(INFO.formatted("""
                        {"name": "A", "external": {"api": "$JS.west.API"}, "active": -1},
                        {"name": "A", "external": {"api": "$JS.east.API"}, "active": 500000000, "filter_subject": "a.*"},
                        {"name": "A", "active": 600000000000}"""))))
                .containsExactly(
                        new StreamLag("A", null, null, 0, null, "2026-06-01T12:20:00Z", null),
                        new StreamLag("A", "$JS.east.API", "a.*", 0, null, null, null),
                        new StreamLag("A", "$JS.west.API", null, 0, true, null, null));
    }

    @Test
    void inTheFirstMomentsNothingIsReachedYet() {
        assertThat(InfoReader.sources(
                        json(INFO.replace("12:30:10", "12:00:05").formatted("{\"name\": \"A\", \"active\": -1}"))))
                .containsExactly(new StreamLag("A", 0, null));
    }
}
