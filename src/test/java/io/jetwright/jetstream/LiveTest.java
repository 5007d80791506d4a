package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"state": {"messages": 0, "last_seq": 9}}     | 0
                    {"state": {"messages": 3}}                    | 3
                    {"state": {}}                                 | 0
                    {"num_pending": 0, "num_ack_pending": 0}      | 0
                    {"num_pending": 2, "num_ack_pending": 0}      | 2
                    {"num_pending": 0, "num_ack_pending": 1}      | 1
                    {"num_pending": 2, "num_ack_pending": 1}      | 3
                    {"num_pending": 0, "num_redelivered": 5}      | 0
                    """)
    void isEmptyWhenNothingWouldBeLostWithIt(String info, long messages) throws JsonProcessingException {
        Live live = live(info);
        assertThat(live.messages()).isEqualTo(messages);
        assertThat(live.isEmpty()).isEqualTo(messages == 0);
    }

    @Test
    void itSaysWhatItHolds() throws JsonProcessingException {
        assertThat(live("{\"state\": {\"messages\": 3}}").contents()).isEqualTo("3 messages");
        assertThat(live("{\"num_pending\": 2, \"num_ack_pending\": 1}").contents())
                .isEqualTo("3 messages pending or unacknowledged");
    }

    @Test
    void itsSettingsAreItsConfiguration() throws JsonProcessingException {
        Live live =
                live("{\"config\": {\"name\": \"ORDERS\", \"metadata\": {\"team\": \"sales\"}}, \"created\": \"x\"}");
        assertThat(live.settings().fields()).containsOnlyKeys("name", "metadata");
        assertThat(live.settings().metadata("team")).contains("sales");
        assertThat(live.settings().metadata("owner")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                                  | ''
                    {cluster: {leader: "a"}}                                                            | ''
                    {cluster: {leader: "a", replicas: [{name: "b"}, {name: "c"}]}}                      | ''
                    {cluster: {leader: "a", replicas: [{name: "b", offline: true}, {name: "c"}]}}       | ''
                    {cluster: {leader: "a", replicas: [{name: "b", offline: true}, {name: "c", active: 11000000000}]}} \
                    | of the servers that keep a copy, b and c are away
                    {cluster: {leader: "a", replicas: [{name: "b", offline: true}]}}                    \
                    | of the servers that keep a copy, b is away
                    {cluster: {replicas: [{name: "a"}, {name: "b"}, {name: "c"}]}}                      \
                    | none of the servers that keep a copy leads
                    {cluster: {leader: "a", replicas: [{name: "b", offline: true, pending: true}, {name: "c", offline: true, pending: true}]}} | ''
                    {type: "v1.stream_update_response", cluster: {replicas: [{name: "a"}], desired: {name: "east"}}} | ''
                    {type: "v1.stream_info_response", cluster: {replicas: [{name: "a"}], desired: {name: "east"}}} \
                    | none of the servers that keep a copy leads
                    """)
    void nothingIsStoredWithoutALeaderAndAMajority(String info, String obstacle) throws JsonProcessingException {
        assertThat(live(info).obstacle().orElse("")).isEqualTo(obstacle);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {cluster: {leader: "a"}, ts: "2026-06-01T12:00:10Z"}                                                | none
            {cluster: {desired: {created: "2026-06-01T12:00:00.5Z"}}, ts: "2026-06-01T12:00:10Z"}               | PT9.5S
            {cluster: {desired: {}}, ts: "2026-06-01T12:00:10Z"}                                                | PT0S
            {}                                                                                                  | none
            """)
    void whileItMovesItSaysForHowLong(String info, String duration) throws JsonProcessingException {
        assertThat(live(info).migratingFor().map(Duration::toString).orElse("none"))
                .isEqualTo(duration);
    }

    private static Live live(String info) throws JsonProcessingException {
        return Live.of(JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
                .build()
                .readTree(info));
    }
}
