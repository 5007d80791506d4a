package io.jetwright.it.harness;

import java.util.stream.Stream;

/** Configurations with all that the server fills in. */
public final class ExpectedConfiguration {
    private static final String STREAM = """
            retention: limits
            storage: file
            num_replicas: 1
            max_consumers: -1
            max_msgs: -1
            max_msgs_per_subject: -1
            max_bytes: -1
            max_age: 0
            max_msg_size: -1
            discard: old
            duplicate_window: 120000000000
            compression: none
            consumer_limits: {}
            sealed: false
            deny_delete: false
            deny_purge: false
            allow_rollup_hdrs: false
            allow_direct: false
            mirror_direct: false
            allow_msg_ttl: false
            """;

    private static final String CONSUMER = """
            deliver_policy: all
            ack_policy: explicit
            replay_policy: instant
            ack_wait: 30000000000
            max_deliver: -1
            max_ack_pending: 1000
            num_replicas: 0
            """;

    private static final String PULL = "max_waiting: 512";

    private ExpectedConfiguration() {}

    /** A stream's, as {@link JetStreamApi#streamConfig} has it, with what the YAML says otherwise; null for nothing. */
    public static String stream(String... otherwise) {
        return config(Stream.of(STREAM), otherwise);
    }

    /** A pull consumer's, as {@link JetStreamApi#consumerConfig} has it. */
    public static String pullConsumer(String... otherwise) {
        return config(Stream.of(CONSUMER, PULL), otherwise);
    }

    /** A push consumer's. */
    public static String pushConsumer(String... otherwise) {
        return config(Stream.of(CONSUMER), otherwise);
    }

    private static String config(Stream<String> defaults, String... otherwise) {
        return JetStreamApi.config(Stream.concat(defaults, Stream.of(otherwise)).toArray(String[]::new));
    }
}
