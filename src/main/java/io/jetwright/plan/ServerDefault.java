package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What nats-server makes of a field that a configuration omits ({@code checkStreamCfg} in its {@code stream.go}, {@code
 * setConsumerConfigDefaults} in its {@code consumer.go}; 2.10 to 2.15).
 *
 * @param rule computes the value
 * @param isDerived whether the server computes the value from other fields, so that a value that it computed is outdated when
 *     those change
 * @param isLimited whether limits of the stream, the account or the server, which the configuration does not show, can lead to
 *     another value
 * @param decides for which configurations the server ignores the value that it is asked for
 */
record ServerDefault(Rule rule, boolean isDerived, boolean isLimited, Predicate<Settings> decides) {

    @FunctionalInterface
    interface Rule {
        /** The value beside the other fields of a configuration; null for zero, false, empty or none. */
        @Nullable
        JsonNode value(Settings others, ServerVersion server);
    }

    /** Zero, false, empty or none. */
    static final ServerDefault NOTHING = of((others, server) -> null);

    /** None, unless limits of the stream or the server say otherwise. */
    static final ServerDefault BY_LIMITS = NOTHING.limited();

    /** The stream's own name, unless the stream has an origin. */
    static final ServerDefault SUBJECTS = of((others, server) -> subjects(others));

    /**
     * Two minutes, or the maximum age where that is shorter; with sources none since 2.14. That of a mirror is dropped when the
     * server restarts, and in clusters at once.
     */
    static final ServerDefault DUPLICATE_WINDOW =
            of(ServerDefault::duplicateWindow).derived().limited().decidedWhere(others -> others.has("mirror"));

    /** On where delete markers or schedules need it. */
    static final ServerDefault ALLOW_ROLLUP = of((others, server) ->
                    BooleanNode.valueOf(others.has("subject_delete_marker_ttl") || others.has("allow_msg_schedules")))
            .derived();

    /** On where delete markers need it. */
    static final ServerDefault ALLOW_MSG_TTL =
            of((others, server) -> BooleanNode.valueOf(others.has("subject_delete_marker_ttl")));

    /** Off. Where the server knows a mirror's origin, a stream in the same account, it takes what that allows. */
    static final ServerDefault MIRROR_DIRECT = NOTHING.decidedWhere(ServerDefault::mirrorsWithinAccount);

    /** 30 seconds with explicit or cumulative acknowledgement; beside a backoff always its first step. */
    static final ServerDefault ACK_WAIT =
            of((others, server) -> ackWait(others)).derived().decidedWhere(others -> others.has("backoff"));

    /** 1000 with acknowledgement. */
    static final ServerDefault MAX_ACK_PENDING = of((others, server) ->
                    Set.of("", "none").contains(others.text("ack_policy")) ? null : IntNode.valueOf(1000))
            .derived()
            .limited();

    /** 512 for pull consumers. */
    static final ServerDefault MAX_WAITING =
            of((others, server) -> others.has("deliver_subject") ? null : IntNode.valueOf(512));

    /** On with the acknowledgement policy {@code flow_control}. */
    static final ServerDefault FLOW_CONTROL =
            of((others, server) -> BooleanNode.valueOf(acknowledgesByFlowControl(others)));

    /** One second with the acknowledgement policy {@code flow_control}. */
    static final ServerDefault IDLE_HEARTBEAT =
            of((others, server) -> acknowledgesByFlowControl(others) ? seconds(1) : null);

    /** Two minutes with the priority policy {@code pinned_client}. */
    static final ServerDefault PINNED_TTL = of((others, server) ->
                    others.text("priority_policy").equals("pinned_client") ? seconds(120) : null)
            .derived();

    /** Always the same. */
    static ServerDefault of(String value) {
        return of((others, server) -> TextNode.valueOf(value));
    }

    /** Always the same. */
    static ServerDefault of(int value) {
        return of((others, server) -> IntNode.valueOf(value));
    }

    private static ServerDefault of(Rule rule) {
        return new ServerDefault(rule, false, false, others -> false);
    }

    private ServerDefault derived() {
        return new ServerDefault(rule, true, isLimited, decides);
    }

    private ServerDefault limited() {
        return new ServerDefault(rule, isDerived, true, decides);
    }

    private ServerDefault decidedWhere(Predicate<Settings> decides) {
        return new ServerDefault(rule, isDerived, isLimited, decides);
    }

    /** The value beside the other fields of a configuration; null for zero, false, empty or none. */
    @Nullable
    JsonNode value(Settings others, ServerVersion server) {
        return rule.value(others, server);
    }

    /** The subjects of a stream whose configuration omits them; null for none. */
    static @Nullable JsonNode subjects(Settings others) {
        boolean hasOrigin = others.has("mirror") || others.has("sources");
        return hasOrigin ? null : JsonNodeFactory.instance.arrayNode().add(others.text("name"));
    }

    private static @Nullable JsonNode duplicateWindow(Settings others, ServerVersion server) {
        if (others.has("mirror") || (others.has("sources") && server.atLeast("2.14.0"))) {
            return null;
        }
        JsonNode twoMinutes = seconds(120);
        boolean isShorter = others.has("max_age") && others.number("max_age") < twoMinutes.asLong();
        return isShorter ? others.get("max_age") : twoMinutes;
    }

    private static @Nullable JsonNode ackWait(Settings others) {
        JsonNode backoff = others.get("backoff");
        if (backoff != null && others.has("backoff")) {
            return backoff.get(0);
        }
        return Set.of("explicit", "all").contains(others.text("ack_policy")) ? seconds(30) : null;
    }

    private static boolean mirrorsWithinAccount(Settings others) {
        JsonNode mirror = others.get("mirror");
        return mirror != null && others.has("mirror") && !mirror.hasNonNull("external");
    }

    private static boolean acknowledgesByFlowControl(Settings others) {
        return others.text("ack_policy").equals("flow_control");
    }

    private static JsonNode seconds(long seconds) {
        return LongNode.valueOf(seconds * 1_000_000_000L);
    }
}
