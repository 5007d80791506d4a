package io.jetwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "1048576, 1048576",
        "9223372036854775807, 9223372036854775807",
        "'\"0\"', 0",
        "'\"-1\"', -1",
        "'\"1024\"', 1024",
        "'\"1k\"', 1000",
        "'\"1M\"', 1000000",
        "'\"1G\"', 1000000000",
        "'\"1T\"', 1000000000000",
        "'\"1Ki\"', 1024",
        "'\"256Mi\"', 268435456",
        "'\"1Gi\"', 1073741824",
        "'\"1Ti\"', 1099511627776",
        "'\"1.5Gi\"', 1610612736",
        "'\"0.5k\"', 500",
        "'\"2.0\"', 2"
    })
    void readsIntegersAndQuantities(String json, long bytes) throws JsonProcessingException {
        assertThat(size(json).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1048576", "-1", "\"1048576\"", "\"256Mi\"", "\"1.50Gi\""})
    void standsInTheResourceAsItWasWritten(String json) throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(size(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "Mi", "1mi", "1m", "1KB", "1Ei", "1 Gi", " 1", "1e3", "+1", "-2", "-1Gi", "1.", ".5Gi",
                "1,5Gi", "true", "1Gi\\n"
            })
    void refusesWhatIsNoSizeAndSaysWhatOneLooksLike(String text) throws JsonProcessingException {
        ByteSize size = size("\"" + text + "\"");
        assertThatIllegalArgumentException()
                .isThrownBy(size::bytes)
                .withMessage("'" + size.written() + "' is not a size such as 1048576, 256Mi or 1Gi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "1.0001k", "0.3Ki", "9223372036854775808", "8388608Ti", "99999999999T"})
    void refusesBrokenBytesAndWhatDoesNotFitIntoSixtyFourBits(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ByteSize(text).bytes())
                .withMessage("'" + text + "' is not a whole number of bytes below 8Ei");
    }

    private static ByteSize size(String json) throws JsonProcessingException {
        return JSON.readValue(json, ByteSize.class);
    }
}
