package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.List;
import java.util.Set;

/** What nats-server 2.15 makes of a configuration (its {@code checkStreamCfg} and {@code setConsumerConfigDefaults}). */
public final class ServerDefaults {
    private static final long TWO_MINUTES = 120_000_000_000L;
    private static final long THIRTY_SECONDS = 30_000_000_000L;
    private static final long ONE_SECOND = 1_000_000_000L;

    /** Enumerations that Go leaves out of the JSON when they have their first value. */
    private static final Set<String> LEFT_OUT = Set.of("persist_mode", "priority_policy");

    private ServerDefaults() {}

    /** The configuration as the server stores it and answers with it. */
    public static Settings fill(AssetName name, Settings settings) {
        ObjectNode json = settings.toJson().deepCopy();
        json.properties()
                .removeIf(field -> Values.isZero(field.getValue())
                        || (LEFT_OUT.contains(field.getKey())
                                && Set.of("default", "none")
                                        .contains(field.getValue().asText())));
        switch (name) {
            case StreamName stream -> fillStream(stream, json);
            case ConsumerName consumer -> fillConsumer(json);
        }
        json.withObjectProperty("metadata")
                .put("_nats.ver", "2.15.2")
                .put("_nats.level", "5")
                .put("_nats.req.level", "0");
        return Settings.of(json);
    }

    private static void fillStream(StreamName name, ObjectNode json) {
        boolean copies = json.has("mirror") || json.has("sources");
        if (!json.has("subjects") && !copies) {
            json.putArray("subjects").add(name.name());
        }
        absent(json, "retention", "limits");
        absent(json, "discard", "old");
        absent(json, "storage", "file");
        absent(json, "compression", "none");
        absent(json, "num_replicas", 1);
        absent(json, "max_age", 0);
        for (String limit : List.of("max_consumers", "max_msgs", "max_bytes", "max_msgs_per_subject", "max_msg_size")) {
            absent(json, limit, -1);
        }
        if (!copies) {
            long maxAge = json.path("max_age").asLong();
            absent(json, "duplicate_window", maxAge == 0 ? TWO_MINUTES : Math.min(maxAge, TWO_MINUTES));
        }
        if (json.has("subject_delete_marker_ttl")) {
            json.put("allow_msg_ttl", true).put("allow_rollup_hdrs", true);
        }
        if (json.has("allow_msg_schedules")) {
            json.put("allow_rollup_hdrs", true);
        }
        for (String flag : List.of(
                "allow_direct",
                "mirror_direct",
                "sealed",
                "deny_delete",
                "deny_purge",
                "allow_rollup_hdrs",
                "allow_msg_ttl")) {
            if (!json.has(flag)) {
                json.put(flag, false);
            }
        }
        json.withObjectProperty("consumer_limits");
        JsonNode transform = json.path("subject_transform");
        JsonNode subjects = json.path("subjects");
        if (json.path("republish").path("src").asText().equals(">")
                && json.path("republish").path("dest").asText().equals(">")
                && json.has("subject_transform")
                && subjects.size() == 1
                && subjects.path(0).equals(transform.path("src"))) {
            json.withObjectProperty("republish")
                    .<ObjectNode>set("src", transform.path("dest"))
                    .set("dest", transform.path("dest"));
        }
    }

    private static void fillConsumer(ObjectNode json) {
        boolean isPull = !json.has("deliver_subject");
        absent(json, "deliver_policy", "all");
        absent(json, "ack_policy", "none");
        absent(json, "replay_policy", "instant");
        absent(json, "max_deliver", -1);
        absent(json, "num_replicas", 0);
        String ackPolicy = json.path("ack_policy").asText();
        if (isPull) {
            absent(json, "max_waiting", 512);
        }
        if (ackPolicy.equals("explicit") || ackPolicy.equals("all")) {
            absent(json, "ack_wait", THIRTY_SECONDS);
        }
        if (json.has("backoff")) {
            json.set("ack_wait", json.path("backoff").path(0));
        }
        if (!ackPolicy.equals("none")) {
            absent(json, "max_ack_pending", 1000);
        }
        if (ackPolicy.equals("flow_control")) {
            json.put("flow_control", true).put("idle_heartbeat", ONE_SECOND);
        }
        if (json.path("priority_policy").asText().equals("pinned_client")) {
            absent(json, "priority_timeout", TWO_MINUTES);
        }
    }

    private static void absent(ObjectNode json, String field, String value) {
        if (!json.has(field)) {
            json.put(field, value);
        }
    }

    private static void absent(ObjectNode json, String field, long value) {
        JsonNode known = json.get(field);
        if (known == null || known.asLong() == 0) {
            json.put(field, value);
        }
    }
}
