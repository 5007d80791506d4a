package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.kind.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Replica;
import io.jetwright.api.StreamLag;
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
}
