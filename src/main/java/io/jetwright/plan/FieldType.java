package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.api.Durations;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How the values of a field are compared and shown. */
enum FieldType {
    PLAIN,
    /** -1 and 0 both mean no limit. */
    LIMIT,
    /** {@code none} and {@code default} mean the same as an absent value: the server omits its first choice. */
    CHOICE,
    /** A list in any order. */
    SET,
    /** In nanoseconds. */
    DURATION,
    /** A list of nanoseconds. */
    DURATIONS;

    /** Whether two values mean the same; null for an absent one. */
    boolean same(@Nullable JsonNode desired, @Nullable JsonNode actual) {
        return Values.same(meaning(desired), meaning(actual));
    }

    /** The value; null when it means the same as an absent one. */
    private @Nullable JsonNode meaning(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        boolean isNothing =
                switch (this) {
                    case LIMIT -> value.isNumber() && value.longValue() == -1;
                    case CHOICE ->
                        value.asText().equals("none") || value.asText().equals("default");
                    case PLAIN, SET, DURATION, DURATIONS -> false;
                };
        return isNothing ? null : this == SET ? sorted(value) : value;
    }

    private static JsonNode sorted(JsonNode array) {
        return Field.array(
                array.valueStream()
                        .sorted(Comparator.comparing(JsonNode::asText))
                        .toList(),
                each -> each);
    }

    /** The value as people read it. */
    String show(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "(none)";
        }
        return switch (this) {
            case DURATION -> Durations.format(Duration.ofNanos(value.asLong()));
            case DURATIONS ->
                value.valueStream()
                        .map(each -> Durations.format(Duration.ofNanos(each.asLong())))
                        .toList()
                        .toString();
            case PLAIN, SET, LIMIT, CHOICE -> value.isTextual() ? value.textValue() : value.toString();
        };
    }
}
