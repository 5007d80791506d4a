package io.jetwright.jetstream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people can do about JetStream's refusals of streams and consumers, by {@code err_code} of nats-server's
 * {@code errors.json} (2.10 to 2.15). Some codes stand for many refusals, which only their texts tell apart.
 */
final class ApiErrorCures {
    private static final String LIMITS = "raise the limits of the account or of the server";
    private static final String UPGRADE = "upgrade nats-server to a release that can run it";
    private static final String ORIGIN = "correct the name or the filters of {%s}";

    private static final Map<Integer, Cure> BY_CODE = new LinkedHashMap<>();

    static {
        Cure storage = Cure.of("lower {max_bytes}", "lower {num_replicas}", LIMITS);
        put(storage, 10002, 10028, 10047);
        put(
                Cure.of("lower {num_replicas}", "loosen {placement}", "add servers to the cluster")
                        .because("The cluster has too few fitting servers"),
                10005);
        put(Cure.of("stop the clients that are subscribed to the old {deliver_subject}"), 10013);
        put(Cure.of("choose another external API prefix in {mirror}", "choose another one in {sources}"), 10021);
        put(
                Cure.of("choose another external deliver prefix in {mirror}", "choose another one in {sources}"),
                10022,
                10024);
        put(
                Cure.of("see whether all servers of the cluster run", "lower {num_replicas}", "raise max_ha_assets"),
                10023);
        put(
                Cure.of(
                        "raise maxConsumers of the stream",
                        "raise the account's limit",
                        "delete a consumer that is no longer needed"),
                10026);
        put(Cure.of("raise the account's limit", "delete a stream or bucket that is no longer needed"), 10027);
        put(Cure.of("set {max_msg_size} to that of the origin at least", "remove {max_msg_size}"), 10030);
        put(Cure.of("remove {mirror} or {sources}"), 10031);
        put(
                Cure.of("name its origin in {mirror}", "delete the stream first")
                        .because("A mirror has no subjects of its own, and the one in JetStream may be a mirror"),
                10034);
        put(Cure.of("enable JetStream in the server and for the account"), 10039, 10076);
        put(Cure.of("set {max_msg_size} to that of the largest source at least", "remove {max_msg_size}"), 10046);
        put(Cure.of(LIMITS, "delete what is no longer needed"), 10053);
        put(Cure.of("put the old {mirror} back", "set recreatePolicy: Always, which copies the origin anew"), 10055);
        put(Cure.of("create the stream", "correct its name"), 10059);
        put(
                Cure.of("change {subjects}", "change the subjects of the other stream")
                        .because("Another stream captures some of these subjects"),
                10065);
        put(Cure.of("change those consumers first", "loosen {consumer_limits}"), 10069);
        put(Cure.of("set {num_replicas} to 1", "run a cluster").because("This server is not part of a cluster"), 10074);
        put(Cure.of("name one subject in {deliver_subject}, without wildcards"), 10079);
        put(Cure.of("remove {max_waiting}", "remove {deliver_subject}"), 10080);
        put(Cure.of("choose a {deliver_subject} that the stream does not capture"), 10081);
        put(
                Cure.of(
                        "set {ack_policy} to explicit",
                        "remove {max_ack_pending}, which may also come from the stream's consumerLimits"),
                10082);
        put(Cure.of("set {idle_heartbeat} to 100ms at least"), 10083);
        Cure explicit = Cure.of("set {ack_policy} to explicit, which a workqueue stream needs");
        put(explicit, 10084, 10098);
        put(Cure.of("remove {rate_limit_bps}", "set {deliver_subject}"), 10086);
        put(Cure.of("set {max_waiting} to a positive number", "remove {max_waiting}"), 10087);
        put(Cure.of("remove {idle_heartbeat}", "set {deliver_subject}"), 10088);
        put(Cure.of("remove {flow_control}", "set {deliver_subject}"), 10089);
        put(Cure.of("correct {deliver_policy}, and remove what belongs to another policy"), 10094);
        put(Cure.of("set {sample_freq} to a percentage, such as 30%"), 10095);
        put(
                Cure.of("give each consumer a {filter_subject} of its own", "share one consumer among the workers")
                        .because("On a workqueue stream the filters of two consumers must not overlap"),
                10099,
                10100);
        put(
                Cure.of("set {deliver_policy} to all", "remove {deliver_policy}")
                        .because("A workqueue stream hands every message to one worker"),
                10101);
        put(Cure.of("choose a shorter name"), 10102);
        put(Cure.of("choose a name without these characters"), 10103, 10127, 10128);
        put(Cure.of("stop the client that is subscribed to its {deliver_subject}"), 10105);
        put(
                Cure.of("choose another name", "delete the other consumer").because("A consumer of this name is there"),
                10106);
        put(Cure.of("shorten {description}"), 10107);
        put(Cure.of("set {idle_heartbeat}", "remove {flow_control}"), 10108);
        put(Cure.of("correct {deliver_subject}"), 10112);
        put(Cure.of("set {max_bytes}, which this account requires"), 10113);
        put(Cure.of("set {max_batch} to a positive number", "remove {max_batch}"), 10114);
        put(Cure.of("set {max_expires} to 1ms at least", "remove {max_expires}"), 10115);
        put(Cure.of("raise {max_deliver}", "shorten {backoff}"), 10116);
        put(Cure.of("see whether the servers that keep it run"), 10118, 10119);
        put(
                Cure.of("set {num_replicas} to a number that the account has a limit for", "add a limit to the account")
                        .because("The account has no limits of JetStream for this number of replicas"),
                10120);
        put(Cure.of("lower {max_ack_pending}", "raise the stream's consumerLimits.maxAckPending", LIMITS), 10121);
        put(Cure.of("lower {max_bytes}", "raise the account's limit"), 10122);
        put(Cure.of("change {placement} and {num_replicas} one after the other"), 10123);
        put(Cure.of("lower {max_batch}", "raise the server's limit"), 10125);
        put(Cure.of("set {num_replicas} to those of the stream", "set {num_replicas} to 0"), 10126, 10134);
        put(Cure.of("set {num_replicas} to 1 at least"), 10133);
        put(Cure.of("shorten {metadata}"), 10135);
        put(Cure.of("remove {filter_subject} or {filter_subjects}"), 10136);
        put(Cure.of("remove those of {filter_subjects} that another one includes"), 10138);
        put(Cure.of("remove the empty one of {filter_subjects}"), 10139);
        put(
                Cure.of("tell them apart by filters or transforms", "name the stream once")
                        .because("Two sources have the same stream, prefix, filter and transforms"),
                10140);
        put(Cure.of(ORIGIN.formatted("sources")), 10141, 10144, 10145, 10146);
        put(Cure.of("remove a filter that another filter of the same entry of {sources} includes"), 10147);
        put(Cure.of(ORIGIN.formatted("mirror")), 10142, 10150, 10151, 10154);
        put(Cure.of("remove a filter of {mirror} that another one includes"), 10152);
        put(Cure.of("remove {first_seq}", "remove {mirror}"), 10143);
        put(Cure.of("lower {inactive_threshold}", "raise the stream's consumerLimits.inactiveThreshold"), 10153);
        put(Cure.of("correct {subject_transform}"), 10155, 10156);
        put(Cure.of("name a group in {priority_groups}", "remove {priority_policy}"), 10159);
        put(Cure.of("correct the name in {priority_groups}"), 10161, 10162);
        put(Cure.of("remove {allow_msg_counter}", "remove {mirror}"), 10173);
        put(Cure.of("remove {priority_groups}", "remove {deliver_subject}"), 10178);
        put(Cure.of("correct {ack_policy}"), 10181);
        put(Cure.of("correct {replay_policy}"), 10182);
        put(Cure.of("set {ack_wait} to a positive duration"), 10183);
        put(Cure.of("set each step of {backoff} to a positive duration"), 10184);
        put(Cure.of(UPGRADE), 10185, 10194, 10195);
        put(Cure.of("remove {allow_msg_schedules}", "remove {mirror}"), 10186);
        put(Cure.of("remove {allow_msg_schedules}", "remove {sources}"), 10187);
        put(Cure.of("set {priority_policy}", "remove {priority_groups}"), 10196);
        put(Cure.of("set {priority_policy} to pinned_client", "remove {priority_timeout}"), 10197);
        put(Cure.of("remove {allow_atomic}", "remove {mirror}"), 10198);
        put(Cure.of("remove {allow_batched}", "remove {mirror}"), 10209);
        put(Cure.of("correct the consumer of {mirror}"), 10213);
        put(Cure.of("correct the consumer in {sources}"), 10215);
        put(Cure.of("set ackPolicy: flow_control on the consumer of the origin that {mirror} names"), 10214);
        put(Cure.of("name another consumer in {sources}"), 10216);
        put(Cure.of("set ackPolicy: flow_control on the consumer that {sources} name"), 10217);
        put(Cure.of("set {deliver_subject}", "set {ack_policy} to explicit"), 10218);
        put(Cure.of("set {flow_control}", "set {ack_policy} to explicit"), 10219);
        put(Cure.of("set {max_ack_pending}", "set {ack_policy} to explicit"), 10220);
        put(Cure.of("remove {ack_wait}", "set {ack_policy} to explicit"), 10221);
        put(Cure.of("remove {max_deliver}", "set {ack_policy} to explicit"), 10222);
    }

    /** Of several rows for a code the first whose text is in the server's. */
    private static final List<TextRow> BY_TEXT = List.of(
            text(
                    "capturing all subjects requires",
                    "narrow the first token of {subjects}: a stream of all subjects needs no_ack"),
            text("overlap with jetstream api", "leave $JS.API out of {subjects}"),
            text("overlap with system api", "leave $SYS out of {subjects}"),
            text("duplicate subjects detected", "remove the subject that another one of {subjects} includes"),
            text("overlaps with", "remove the subject that another one of {subjects} includes"),
            text("invalid subject", "correct {subjects}"),
            text(
                    "duplicates window can not be larger then server limit",
                    "lower {duplicate_window} | set {max_age} to this limit at most",
                    "raise duplicate_window in the limits of the server's JetStream"),
            text("duplicates window can not be larger", "lower {duplicate_window}", "raise {max_age}"),
            text("duplicates window", "set {duplicate_window} to 100ms at least"),
            text("max age", "set {max_age} to 100ms at least"),
            text("maximum replicas", "lower {num_replicas}"),
            text("stream configuration for create can not be sealed", "remove {sealed} until the stream is there"),
            text(
                    "republish destination forms a cycle",
                    "choose a destination of {republish} that the stream does not capture"),
            text("republish with transform", "correct {republish}"),
            text("subject delete marker", "correct {subject_delete_marker_ttl}", "remove {subject_delete_marker_ttl}"),
            text(
                    "discard new per subject requires discard new",
                    "set {discard} to new",
                    "remove {discard_new_per_subject}"),
            text(
                    "discard new per subject requires max msgs",
                    "set {max_msgs_per_subject}",
                    "remove {discard_new_per_subject}"),
            text("counter stream", "remove {allow_msg_counter}", "remove what the server names"),
            text("message scheduling", "remove {allow_msg_schedules}", "correct what the server names"),
            text("async persist mode", "remove {persist_mode}", "correct what the server names"),
            text("detected cycle", "remove an entry of {sources}, so that no stream is its own source"),
            text("roll-ups require", "remove {deny_purge}", "remove {allow_rollup_hdrs}"),
            text("description is too long", "shorten {description}"),
            text("metadata exceeds", "shorten {metadata}"),
            text("mirror direct", "remove {mirror_direct}", "set {mirror}"),
            text("heartbeat needs to be 1s", "set {idle_heartbeat} to 1s"));

    private record TextRow(String text, Cure cure) {}

    private ApiErrorCures() {}

    private static void put(Cure cure, int... codes) {
        for (int code : codes) {
            if (BY_CODE.put(code, cure) != null) {
                throw new IllegalStateException("two cures of " + code);
            }
        }
    }

    private static TextRow text(String text, String... ways) {
        return new TextRow(text, Cure.of(ways));
    }

    /**
     * What people can do about an error.
     *
     * @param code its {@code err_code}
     * @param text the server's description
     */
    static Cure of(int code, String text) {
        Cure known = BY_CODE.get(code);
        return known != null
                ? known
                : BY_TEXT.stream()
                        .filter(row -> text.contains(row.text()))
                        .findFirst()
                        .map(TextRow::cure)
                        .orElse(Cure.NONE);
    }
}
