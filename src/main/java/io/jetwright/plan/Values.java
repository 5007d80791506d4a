package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.api.Times;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares values of JetStream's JSON, in which an absent field means zero, false, empty or none. */
final class Values {
    private Values() {}

    /** Whether two values mean the same. */
    static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
        if (one == null || other == null || isZero(one) || isZero(other)) {
            return isZero(one) && isZero(other);
        }
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isArray() && other.isArray()) {
            return sameItems(one, other);
        }
        if (one.isObject() && other.isObject()) {
            return sameFields(one, other);
        }
        return one.equals(other) || sameTime(one, other);
    }

    static boolean isZero(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return true;
        }
        if (value.isNumber()) {
            return value.decimalValue().signum() == 0;
        }
        if (value.isObject()) {
            return value.valueStream().allMatch(Values::isZero);
        }
        return value.isTextual() ? value.textValue().isEmpty() : value.isArray() ? value.isEmpty() : !value.asBoolean();
    }

    private static boolean sameItems(JsonNode one, JsonNode other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameFields(JsonNode one, JsonNode other) {
        Set<String> names = new HashSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names.stream().allMatch(name -> same(one.get(name), other.get(name)));
    }

    private static boolean sameTime(JsonNode one, JsonNode other) {
        return isTime(one) && isTime(other) && Times.parse(one.textValue()).equals(Times.parse(other.textValue()));
    }

    private static boolean isTime(JsonNode value) {
        return value.isTextual() && value.textValue().matches(Times.PATTERN);
    }
}
