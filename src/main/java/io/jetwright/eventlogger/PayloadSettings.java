package io.jetwright.eventlogger;

import io.jetwright.environment.Environment;
import io.jetwright.eventlogger.EventLoggerSettings.Variable;
import io.jetwright.subject.SubjectPattern;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which payloads are protobuf or MessagePack.
 *
 * @param protobuf the types of protobuf messages; empty: none is decoded
 * @param rules the first whose pattern matches a subject holds
 */
record PayloadSettings(Optional<Protobuf> protobuf, List<Rule> rules) {
    /**
     * The types of protobuf messages.
     *
     * @param descriptors a file or a folder with descriptor sets
     * @param types those of these files
     */
    record Protobuf(Path descriptors, ProtobufTypes types) {}

    /**
     * What the payloads of some subjects are.
     *
     * @param pattern of the subjects
     * @param message the full name of a protobuf message; null for MessagePack
     */
    record Rule(String pattern, @Nullable String message) {}

    /**
     * Reads the configuration, and the files that it names.
     *
     * @throws IllegalArgumentException if a value or a file is wrong; the message is one line that names the variable
     */
    static PayloadSettings of(Environment values) {
        values.requireBeside(Variable.PROTOBUF_TYPES, Variable.PROTOBUF_DESCRIPTORS);
        List<Rule> protobuf = values.read(
                Variable.PROTOBUF_TYPES,
                text -> ordered(Environment.list(text).stream()
                        .map(PayloadSettings::protobuf)
                        .toList()));
        List<Rule> rules = values.read(
                Variable.MSGPACK_SUBJECTS,
                text -> ordered(Stream.concat(
                                protobuf.stream(),
                                Environment.list(text).stream().map(pattern -> rule(pattern, null)))
                        .toList()));
        Optional<Protobuf> types = values.read(
                Variable.PROTOBUF_DESCRIPTORS,
                text -> text.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Protobuf(Path.of(text), ProtobufTypes.load(Path.of(text)))));
        var settings = new PayloadSettings(types, rules);
        values.read(Variable.PROTOBUF_TYPES, text -> settings.requireMessages());
        return settings;
    }

    /** Refuses names of messages that the types do not have. */
    private PayloadSettings requireMessages() {
        protobuf.ifPresent(each -> messages().forEach(each.types()::require));
        return this;
    }

    /** The protobuf messages that the rules name. */
    List<String> messages() {
        return rules.stream()
                .map(Rule::message)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static Rule protobuf(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 0 || !text.substring(equals + 1).matches("[A-Za-z_][A-Za-z0-9_]*([.][A-Za-z_][A-Za-z0-9_]*)*")) {
            throw new IllegalArgumentException("'" + text
                    + "' is no pattern of subjects with a message; expected such as auth.user.>=auth.UserEvent");
        }
        return rule(text.substring(0, equals), text.substring(equals + 1));
    }

    private static Rule rule(String pattern, @Nullable String message) {
        String fault = Subjects.patternFault(pattern);
        if (fault != null) {
            throw new IllegalArgumentException(
                    "the pattern '" + pattern + "' " + fault + "; expected such as auth.user.>");
        }
        return new Rule(pattern, message);
    }

    /** In an order in which a pattern that is a part of another one comes before it, and else in the order in which they are. */
    private static List<Rule> ordered(List<Rule> all) {
        List<Rule> rules = all.stream().distinct().toList();
        Set<String> patterns = new HashSet<>();
        for (Rule rule : rules) {
            if (!patterns.add(rule.pattern())) {
                throw new IllegalArgumentException(
                        "the pattern " + rule.pattern() + " stands for two kinds of payloads; leave one of them out");
            }
        }
        return rules.stream()
                .sorted(Comparator.comparingLong((Rule rule) -> rules.stream()
                                .filter(each -> SubjectPattern.covers(each.pattern(), rule.pattern()))
                                .count())
                        .reversed())
                .toList();
    }
}
