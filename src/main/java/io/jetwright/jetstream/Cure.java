package io.jetwright.jetstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people can do about a refusal.
 *
 * @param explanation what is in the way, where the server's own text does not say it; may be empty
 * @param ways each of which helps; fields stand in them as JetStream's JSON names them, in braces, such as
 *     <code>{max_bytes}</code>. Of several forms of a way, separated by <code>|</code>, the first is taken whose fields the kind has
 */
public record Cure(String explanation, List<String> ways) {
    /** Where the server's own text says it all. */
    public static final Cure NONE = new Cure("", List.of());

    private static final Pattern FORMS = Pattern.compile(" \\| ");
    private static final Pattern FIELD = Pattern.compile("\\{([a-z_]+)}");

    static Cure of(String... ways) {
        return new Cure("", List.of(ways));
    }

    /** The same ways, after a sentence on what is in the way. */
    Cure because(String explanation) {
        return new Cure(explanation, ways);
    }

    /**
     * A sentence without a full stop. Ways that name a field which the kind does not have are left out.
     *
     * @param fields from a name in JetStream's JSON to that in the spec of the resource's kind; empty where the kind has no such
     *     field
     * @return empty if nothing is left to say
     */
    public String words(Function<String, Optional<String>> fields) {
        List<String> possible = new ArrayList<>();
        for (String way : ways) {
            FORMS.splitAsStream(way)
                    .filter(form -> isPossible(form, fields))
                    .findFirst()
                    .ifPresent(form -> possible.add(FIELD.matcher(form).replaceAll(field -> inSpec(field, fields))));
        }
        if (possible.isEmpty()) {
            return explanation;
        }
        String last = possible.remove(possible.size() - 1);
        String all = possible.isEmpty() ? last : String.join(", ", possible) + ", or " + last;
        return explanation.isEmpty()
                ? Character.toUpperCase(all.charAt(0)) + all.substring(1)
                : explanation + ": " + all;
    }

    private static boolean isPossible(String form, Function<String, Optional<String>> fields) {
        return FIELD.matcher(form).results().allMatch(field -> fields.apply(field.group(1))
                .isPresent());
    }

    private static String inSpec(MatchResult field, Function<String, Optional<String>> fields) {
        return Matcher.quoteReplacement("spec." + fields.apply(field.group(1)).orElseThrow());
    }
}
