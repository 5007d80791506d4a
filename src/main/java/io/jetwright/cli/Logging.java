package io.jetwright.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Hands the environment's LOG_LEVEL and LOG_FORMAT to log4j2.xml, once they are known to be right: what is refused must not
 * reach the logging, which starts when the JVM ends at the latest.
 */
final class Logging {
    private Logging() {}

    static void configure(Map<String, String> environment) {
        for (String variable : List.of("LOG_LEVEL", "LOG_FORMAT")) {
            String value = environment.getOrDefault(variable, "").strip();
            if (!value.isEmpty()) {
                System.setProperty("jetwright." + variable.toLowerCase(Locale.ROOT), value);
            }
        }
    }
}
