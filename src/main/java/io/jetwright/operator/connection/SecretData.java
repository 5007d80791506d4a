package io.jetwright.operator.connection;

import java.util.Map;

/** What is known of a Secret. */
public sealed interface SecretData {
    /**
     * It was read.
     *
     * @param values in base64, by key
     */
    record Present(Map<String, String> values) implements SecretData {
        @Override
        public String toString() {
            return "Present" + values.keySet();
        }
    }

    /** There is none of that name. */
    record Absent() implements SecretData {}

    /**
     * It may not be read.
     *
     * @param permission what the operator lacks
     */
    record Forbidden(String permission) implements SecretData {}

    /** The answer is on its way. */
    record Unread() implements SecretData {}
}
