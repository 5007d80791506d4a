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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The errors of JetStream's API that mean something else than their {@code code} says, by {@code err_code}, from nats-server's
 * {@code errors.json} (2.10 to 2.15).
 */
final class ApiErrorTable {
    private static final Map<Integer, ErrorMeaning> ROWS = List.of(
                    row(DISABLED, 10039, 10076),
                    row(
                            UNAVAILABLE,
                            10004,
                            10007,
                            10008,
                            10009,
                            10023,
                            10041,
                            10077,
                            10096,
                            10118,
                            10119,
                            10124,
                            10202,
                            10226),
                    row(OFFLINE, 10185, 10194, 10195),
                    row(
                            BLOCKED_BY_OBJECT,
                            10002,
                            10005,
                            10014,
                            10026,
                            10027,
                            10028,
                            10030,
                            10046,
                            10047,
                            10053,
                            10059,
                            10065,
                            10069,
                            10081,
                            10082,
                            10084,
                            10098,
                            10099,
                            10100,
                            10101,
                            10106,
                            10121,
                            10126,
                            10134,
                            10149,
                            10153,
                            10216),
                    row(BLOCKED_BY_CLIENT, 10013, 10105),
                    row(FINAL, 10034, 10036, 10052, 10074, 10113, 10116, 10122, 10123, 10138, 10140))
            .stream()
            .flatMap(Function.identity())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private ApiErrorTable() {}

    private static Stream<Map.Entry<Integer, ErrorMeaning>> row(ErrorMeaning meaning, int... codes) {
        return IntStream.of(codes).mapToObj(code -> Map.entry(code, meaning));
    }

    /**
     * The meaning of an error.
     *
     * @param code the error's {@code err_code}; 0 for none
     * @param status its {@code code}, as HTTP has them, which decides where the table says nothing; 0 for none
     */
    static ErrorMeaning of(int code, int status) {
        ErrorMeaning known = ROWS.get(code);
        return known != null ? known : byStatus(status);
    }

    private static ErrorMeaning byStatus(int status) {
        return switch (status) {
            case 429, 503 -> UNAVAILABLE;
            case 500 -> INTERNAL;
            default -> FINAL;
        };
    }
}
