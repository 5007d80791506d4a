package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.plan.Settings;

/**
 * A JetStream object as it is.
 *
 * @param settings its configuration
 * @param info all that the server says of it, as JetStream's JSON has it
 */
public record Live(Settings settings, JsonNode info) {
    static Live of(JsonNode info) {
        return new Live(Settings.of(info.path("config")), info);
    }

    /** Whether nothing would be lost with it: no message in a stream, nothing pending or unacknowledged in a consumer. */
    public boolean isEmpty() {
        return messages() == 0;
    }

    /** How many messages a stream holds, or a consumer has pending or unacknowledged. */
    public long messages() {
        return info.has("state")
                ? info.path("state").path("messages").asLong()
                : info.path("num_pending").asLong()
                        + info.path("num_ack_pending").asLong();
    }

    /** {@link #messages}, for people. */
    public String contents() {
        return messages() + (info.has("state") ? " messages" : " messages pending or unacknowledged");
    }
}
