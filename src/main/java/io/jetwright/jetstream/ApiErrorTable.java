package io.jetwright.jetstream;

import static io.jetwright.jetstream.ErrorMeaning.BLOCKED_BY_CLIENT;
import static io.jetwright.jetstream.ErrorMeaning.BLOCKED_BY_OBJECT;
import static io.jetwright.jetstream.ErrorMeaning.DISABLED;
import static io.jetwright.jetstream.ErrorMeaning.FINAL;
import static io.jetwright.jetstream.ErrorMeaning.INTERNAL;
import static io.jetwright.jetstream.ErrorMeaning.OFFLINE;
import static io.jetwright.jetstream.ErrorMeaning.UNAVAILABLE;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The errors of JetStream's API that mean something else than their {@code code} says, or that people can do something about;
 * by {@code err_code}, from nats-server's {@code errors.json} (2.10 to 2.15).
 */
final class ApiErrorTable {
    private static final String STORAGE =
            "Lower maxBytes or replicas, or raise the server's or the account's storage limits";
    private static final String FILTERS =
            "On a workqueue stream the filters of two consumers must not overlap: give each consumer a filterSubject"
                    + " of its own, or share one consumer among the workers";
    private static final String EXPLICIT = "Set ackPolicy: explicit, which a workqueue stream needs";
    private static final String AWAY = "The servers that keep it are away: see whether they run";
    private static final String UPGRADE = "Upgrade nats-server to a release that can run it";
    private static final String REPLICAS = "Set replicas to those of the stream, or to 0";

    private static final Map<Integer, Row> ROWS = List.of(
                    row(10002, BLOCKED_BY_OBJECT, STORAGE),
                    row(10004, UNAVAILABLE),
                    row(
                            10005,
                            BLOCKED_BY_OBJECT,
                            "The cluster has too few fitting servers: lower replicas, or loosen placement"),
                    row(10007, UNAVAILABLE),
                    row(10008, UNAVAILABLE),
                    row(10009, UNAVAILABLE),
                    row(
                            10013,
                            BLOCKED_BY_CLIENT,
                            "Stop the clients that are subscribed to the old deliverSubject, or set recreatePolicy: Always"),
                    row(10014, BLOCKED_BY_OBJECT),
                    row(
                            10023,
                            UNAVAILABLE,
                            "See whether all servers of the cluster run; else lower replicas, or raise max_ha_assets"),
                    row(
                            10026,
                            BLOCKED_BY_OBJECT,
                            "Raise maxConsumers of the stream, or the account's limit, or delete a consumer that is no longer needed"),
                    row(10027, BLOCKED_BY_OBJECT, "Raise the account's limit, or delete what is no longer needed"),
                    row(10028, BLOCKED_BY_OBJECT, STORAGE),
                    row(10030, BLOCKED_BY_OBJECT, "Set maxMsgSize to that of the origin at least, or remove it"),
                    row(
                            10034,
                            FINAL,
                            "The stream in JetStream is a mirror: name its origin in spec.mirror, or delete it first"),
                    row(10036, FINAL),
                    row(10039, DISABLED),
                    row(10041, UNAVAILABLE),
                    row(
                            10046,
                            BLOCKED_BY_OBJECT,
                            "Set maxMsgSize to that of the largest source at least, or remove it"),
                    row(10047, BLOCKED_BY_OBJECT, STORAGE),
                    row(10052, FINAL),
                    row(10053, BLOCKED_BY_OBJECT),
                    row(10059, BLOCKED_BY_OBJECT),
                    row(
                            10065,
                            BLOCKED_BY_OBJECT,
                            "Another stream captures some of these subjects: change spec.subjects of one of them"),
                    row(10069, BLOCKED_BY_OBJECT, "Change those consumers first, or loosen consumerLimits"),
                    row(10074, FINAL, "This server is not part of a cluster: set replicas: 1, or run a cluster"),
                    row(10076, DISABLED),
                    row(10077, UNAVAILABLE),
                    row(10081, BLOCKED_BY_OBJECT, "Choose a deliverSubject that the stream does not capture"),
                    row(
                            10082,
                            BLOCKED_BY_OBJECT,
                            "Set ackPolicy: explicit, or remove maxAckPending, which may also come from the stream's consumerLimits"),
                    row(10084, BLOCKED_BY_OBJECT, EXPLICIT),
                    row(10096, UNAVAILABLE),
                    row(10098, BLOCKED_BY_OBJECT, EXPLICIT),
                    row(10099, BLOCKED_BY_OBJECT, FILTERS),
                    row(10100, BLOCKED_BY_OBJECT, FILTERS),
                    row(
                            10101,
                            BLOCKED_BY_OBJECT,
                            "Set deliverPolicy: all (or remove it): a workqueue stream hands every message to one worker"),
                    row(10105, BLOCKED_BY_CLIENT),
                    row(10106, BLOCKED_BY_OBJECT),
                    row(10113, FINAL, "Set maxBytes, which this account requires"),
                    row(10116, FINAL, "Raise maxDeliver, or shorten backoff"),
                    row(10118, UNAVAILABLE, AWAY),
                    row(10119, UNAVAILABLE, AWAY),
                    row(
                            10121,
                            BLOCKED_BY_OBJECT,
                            "Lower maxAckPending, or raise the stream's consumerLimits.maxAckPending or the account's limit"),
                    row(10122, FINAL, "Lower maxBytes, or raise the account's limit"),
                    row(10123, FINAL, "Change placement and replicas one after the other"),
                    row(10124, UNAVAILABLE),
                    row(10126, BLOCKED_BY_OBJECT, REPLICAS),
                    row(10134, BLOCKED_BY_OBJECT, REPLICAS),
                    row(10138, FINAL, "Remove those filterSubjects that another one includes"),
                    row(10140, FINAL, "Name each stream once in spec.sources, and give it several subjectTransforms"),
                    row(10149, BLOCKED_BY_OBJECT),
                    row(
                            10153,
                            BLOCKED_BY_OBJECT,
                            "Lower inactiveThreshold, or raise the stream's consumerLimits.inactiveThreshold"),
                    row(10185, OFFLINE, UPGRADE),
                    row(10194, OFFLINE, UPGRADE),
                    row(10195, OFFLINE, UPGRADE),
                    row(10202, UNAVAILABLE),
                    row(10216, BLOCKED_BY_OBJECT, "Name another consumer in spec.sources"),
                    row(10226, UNAVAILABLE))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Row::code, Function.identity()));

    /**
     * What an error means.
     *
     * @param cure a sentence that follows the server's own text; empty where that says it all
     */
    record Row(int code, ErrorMeaning meaning, String cure) {}

    private ApiErrorTable() {}

    private static Row row(int code, ErrorMeaning meaning) {
        return row(code, meaning, "");
    }

    private static Row row(int code, ErrorMeaning meaning, String cure) {
        return new Row(code, meaning, cure);
    }

    /**
     * The row of an error.
     *
     * @param code the error's {@code err_code}; 0 for none
     * @param status its {@code code}, as HTTP has them, which decides where the table says nothing; 0 for none
     */
    static Row of(int code, int status) {
        Row known = ROWS.get(code);
        return known != null ? known : row(code, byStatus(status));
    }

    private static ErrorMeaning byStatus(int status) {
        return switch (status) {
            case 429, 503 -> UNAVAILABLE;
            case 500 -> INTERNAL;
            default -> FINAL;
        };
    }
}
