package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jetwright.it.harness.Programs;
import io.jetwright.jetstream.ErrorsWithoutCure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of errors that each release of nats-server brings along, in the sources that it is built from. */
class ServerErrorsIT {
    @ParameterizedTest
    @ValueSource(strings = {"", "nats-server-2.10", "nats-server-2.11", "nats-server-2.12", "nats-server-2.14"})
    void allErrorsOfTheServersAreKnown(String release) throws Exception {
        Path list = Programs.goModule(Path.of("dev/tools", release), "github.com/nats-io/nats-server/v2")
                .resolve("server/errors.json");
        JsonNode errors = JsonMapper.builder().build().readTree(list.toFile());

        List<Integer> known = ErrorsWithoutCure.known().boxed().toList();
        List<Integer> codes = errors.valueStream()
                .map(error -> error.path("error_code").asInt())
                .toList();
        assertThat(codes).isNotEmpty().isSubsetOf(known);
    }
}
