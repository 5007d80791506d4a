package io.jetwright.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The environment of a process. Values are stripped; whatever is wrong with one is an {@link IllegalArgumentException}
 * whose message is one line that begins with the variable's name.
 */
public final class Environment {
    private static final int LAST_PORT = 65_535;

    private final Map<String, String> values;

    public Environment(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** What the parser makes of the value, or of the default. The parser's exceptions say what is wrong, and no name. */
    public <T> T read(Variable variable, Function<String, T> parser) {
        try {
            return parser.apply(value(variable));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(variable.name() + ": " + e.getMessage(), e);
        }
    }

    private String value(Variable variable) {
        String value = values.getOrDefault(variable.name(), "").strip();
        return value.isEmpty() ? variable.defaultValue() : value;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(Variable variable) {
        return oneOf(variable, "true", "false").equals("true");
    }

    /** One of some words. */
    public String oneOf(Variable variable, String... choices) {
        return read(variable, text -> {
            if (!List.of(choices).contains(text)) {
                throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", choices));
            }
            return text;
        });
    }

    /** A number, with both limits allowed. */
    public int number(Variable variable, int least, int most) {
        return read(variable, text -> number(text, least, most)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is none of the numbers from %d to %d".formatted(text, least, most))));
    }

    /** A port to listen on; 0 for a free one. */
    public int port(Variable variable) {
        return read(variable, text -> number(text, 0, LAST_PORT)
                .orElseThrow(() ->
                        new IllegalArgumentException("'%s' is no port; expected 0 to %d".formatted(text, LAST_PORT))));
    }

    private static Optional<Integer> number(String text, int least, int most) {
        return Optional.of(text)
                .filter(each -> each.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most);
    }

    /** A file that can be read; empty if the value is. */
    public Optional<Path> file(Variable variable) {
        return read(variable, text -> {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            Path file = Path.of(text);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new IllegalArgumentException("the file " + text + " does not exist, or cannot be read");
            }
            return Optional.of(file);
        });
    }

    /** The parts of a text that are separated by commas, stripped, without the empty ones. */
    public static List<String> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Refuses one without the other. */
    public void requireBothOrNone(Variable one, Variable other) {
        requireBeside(one, other);
        requireBeside(other, one);
    }

    /** Refuses the one without the other. */
    public void requireBeside(Variable one, Variable other) {
        if (!value(one).isEmpty() && value(other).isEmpty()) {
            throw new IllegalArgumentException(other.name() + ": is missing; set it beside " + one.name());
        }
    }

    /** Refuses two or more. */
    public void requireAtMostOne(Variable... variables) {
        List<Variable> set =
                Stream.of(variables).filter(each -> !value(each).isEmpty()).toList();
        if (set.size() > 1) {
            throw new IllegalArgumentException("%s: %s is set as well; only one of them can be used"
                    .formatted(set.get(1).name(), set.get(0).name()));
        }
    }
}
