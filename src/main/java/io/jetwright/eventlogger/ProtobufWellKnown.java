package io.jetwright.eventlogger;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the JSON mapping writes the types that protobuf itself has; pure functions. A schema may have other messages of these
 * names: these have no form of their own.
 */
final class ProtobufWellKnown {
    private static final String PREFIX = "google.protobuf.";

    /** What stands for the only field of a message. */
    private static final Map<String, FieldDescriptor.Type> WRAPPERS = Map.of(
            "BoolValue", FieldDescriptor.Type.BOOL,
            "Int32Value", FieldDescriptor.Type.INT32,
            "UInt32Value", FieldDescriptor.Type.UINT32,
            "Int64Value", FieldDescriptor.Type.INT64,
            "UInt64Value", FieldDescriptor.Type.UINT64,
            "FloatValue", FieldDescriptor.Type.FLOAT,
            "DoubleValue", FieldDescriptor.Type.DOUBLE,
            "StringValue", FieldDescriptor.Type.STRING,
            "BytesValue", FieldDescriptor.Type.BYTES);

    private static final Set<String> LISTS = Set.of("Struct", "ListValue");

    private static final long FIRST_SECOND =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final long MAX_DURATION = 315_576_000_000L;
    private static final int MAX_NANOSECONDS = 999_999_999;

    private ProtobufWellKnown() {}

    /** The text that stands for a message; null if none does. */
    static @Nullable String text(String name, Message message) {
        return switch (name) {
            case PREFIX + "Timestamp" -> timestamp(message);
            case PREFIX + "Duration" -> duration(message);
            case PREFIX + "FieldMask" -> fieldMask(message);
            default -> null;
        };
    }

    /** The field whose value stands for a message; null if none does. */
    static @Nullable FieldDescriptor content(String name, Message message) {
        if (!name.startsWith(PREFIX)) {
            return null;
        }
        String simple = name.substring(PREFIX.length());
        FieldDescriptor field = message.getDescriptorForType().findFieldByNumber(1);
        if (field == null) {
            return null;
        }
        boolean isWrapper = field.getType() == WRAPPERS.get(simple) && !field.isRepeated();
        boolean isList = LISTS.contains(simple) && field.isRepeated();
        return isWrapper || isList ? field : null;
    }

    /** Whether a message is a {@code Value}, for which that of its fields stands which is set. */
    static boolean isValue(String name) {
        return name.equals(PREFIX + "Value");
    }

    /** Whether something else than an object with its fields stands for a message, or {@code Any} does. */
    static boolean hasOwnForm(Message message) {
        String name = message.getDescriptorForType().getFullName();
        return isValue(name)
                || name.equals(PREFIX + "Any")
                || name.equals(PREFIX + "Empty")
                || text(name, message) != null
                || content(name, message) != null;
    }

    /** The value of a field, or its default; null if there is no such field. */
    static @Nullable Object field(Message message, int number) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByNumber(number);
        return field == null ? null : message.getField(field);
    }

    /** Numbers without a sign as such; a text of anything. */
    static String scalar(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
            case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
            default -> String.valueOf(value);
        };
    }

    private static @Nullable String timestamp(Message message) {
        return field(message, 1) instanceof Long seconds
                        && field(message, 2) instanceof Integer nanoseconds
                        && seconds >= FIRST_SECOND
                        && seconds <= LAST_SECOND
                        && nanoseconds >= 0
                        && nanoseconds <= MAX_NANOSECONDS
                ? Instant.ofEpochSecond(seconds, nanoseconds).toString()
                : null;
    }

    private static @Nullable String duration(Message message) {
        if (!(field(message, 1) instanceof Long seconds)
                || !(field(message, 2) instanceof Integer nanoseconds)
                || Math.abs(seconds) > MAX_DURATION
                || Math.abs((long) nanoseconds) > MAX_NANOSECONDS
                || Long.signum(seconds) * Integer.signum(nanoseconds) < 0) {
            return null;
        }
        BigDecimal exact = BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanoseconds, 9));
        int digits = nanoseconds == 0 ? 0 : nanoseconds % 1_000_000 == 0 ? 3 : nanoseconds % 1_000 == 0 ? 6 : 9;
        return exact.setScale(digits).toPlainString() + "s";
    }

    private static @Nullable String fieldMask(Message message) {
        if (!(field(message, 1) instanceof List<?> paths)) {
            return null;
        }
        List<String> camel = new ArrayList<>();
        for (Object path : paths) {
            String text = camelCase(String.valueOf(path));
            if (text == null) {
                return null;
            }
            camel.add(text);
        }
        return String.join(",", camel);
    }

    /** Null if there would be no way back. */
    private static @Nullable String camelCase(String path) {
        var camel = new StringBuilder();
        boolean isAfterUnderscore = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isUpperCase(c) || (isAfterUnderscore && (c < 'a' || c > 'z')) || c == ',') {
                return null;
            }
            if (c == '_') {
                isAfterUnderscore = true;
            } else {
                camel.append(isAfterUnderscore ? Character.toUpperCase(c) : c);
                isAfterUnderscore = false;
            }
        }
        return isAfterUnderscore ? null : camel.toString();
    }
}
