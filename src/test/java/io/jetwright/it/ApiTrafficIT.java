package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.NatsServer;
import io.nats.client.api.Mirror;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;

class ApiTrafficIT {
    @Test
    void whatAServerAsksForAMirrorIsNotAClientsRequest() throws Exception {
        try (var nats = new NatsServer("")) {
            nats.start();
            nats.jetStream()
                    .addStream(StreamConfiguration.builder()
                            .name("ORDERS")
                            .subjects("orders")
                            .build());
            try (var traffic = new ApiTraffic(nats)) {
                nats.jetStream()
                        .addStream(StreamConfiguration.builder()
                                .name("COPY")
                                .mirror(Mirror.builder().name("ORDERS").build())
                                .build());
                nats.connection().jetStream().publish("orders", new byte[0]);
                eventually(() -> assertThat(nats.jetStream()
                                .getStreamInfo("COPY")
                                .getStreamState()
                                .getMsgCount())
                        .isEqualTo(1));
                traffic.awaitInAll(1, "STREAM.INFO.COPY");

                assertThat(traffic.writes()).containsExactly("STREAM.CREATE.COPY");
            }
        }
    }
}
