package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.eventlogger.ContentType.Format;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/protobuf | PROTOBUF | ",
                "Application/X-Protobuf; proto=auth.v1.UserEvent | PROTOBUF | auth.v1.UserEvent",
                "application/x-protobuffer; charset=binary ; messageType=\"auth.UserEvent\" | PROTOBUF | auth.UserEvent",
                "application/vnd.google.protobuf;proto=io.prometheus.Metric;encoding=x | PROTOBUF | io.prometheus.Metric",
                "application/protobuf; type=type.googleapis.com/auth.UserEvent | PROTOBUF | auth.UserEvent",
                "application/protobuf; proto=.auth.UserEvent | PROTOBUF | auth.UserEvent",
                "application/protobuf; proto | PROTOBUF | ",
                "application/protobuf;;=; | PROTOBUF | ",
                "application/msgpack | MESSAGE_PACK | ",
                "application/x-msgpack | MESSAGE_PACK | ",
                "application/vnd.msgpack; x=y | MESSAGE_PACK | ",
                "application/json | TEXT | ",
                "application/protobuf+json; charset=utf-8 | TEXT | ",
                "text/plain | TEXT | ",
                "application/octet-stream | UNKNOWN | ",
                "; | UNKNOWN | "
            })
    void whatAHeaderSays(String header, Format format, @Nullable String message) {
        assertThat(ContentType.of(Map.of("X", List.of("y"), "content-type", List.of(header))))
                .isEqualTo(new ContentType(format, message));
    }

    @Test
    void withoutTheHeaderNothingIsSaid() {
        assertThat(ContentType.of(Map.of()).format()).isEqualTo(Format.UNKNOWN);
        assertThat(ContentType.of(Map.of("Content-Type", List.of())).format()).isEqualTo(Format.UNKNOWN);
    }
}
