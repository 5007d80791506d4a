package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {
    @ParameterizedTest
    @CsvSource({"0, 9, 4, 9", "1, 9, 4, 4", "0, 0, 0, 0"})
    void whatIsPendingIsNotTakenForExhausted(int pending, int delivered, int floor, int last) throws Exception {
        var info = JsonMapper.builder()
                .build()
                .readTree("{\"num_ack_pending\":%d,\"delivered\":{\"stream_seq\":%d},\"ack_floor\":{\"stream_seq\":%d}}"
                        .formatted(pending, delivered, floor));

        assertThat(Sweep.lastExhausted(info)).isEqualTo(last);
    }
}
