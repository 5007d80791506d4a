package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The texts of the page: the same in each language, and none outside their files. */
class PageTextsTest {
    private static final Path FILES = Path.of("src/main/resources/io/jetwright/eventlogger/page");
    private static final Pattern VALUE = Pattern.compile("\\{\\w+}");
    private static final Pattern KEY_OF_MARKUP = Pattern.compile("data-t(?:-label|-placeholder)?=\"([^\"]+)\"");
    private static final Pattern TEXT_OF_MARKUP = Pattern.compile(">([^<]*\\p{L}{2}[^<]*)<");

    /** Keys in scripts are whole literals, alone in a call or kept to be given to one. */
    private static final Pattern LITERAL = Pattern.compile("'([a-z]+(?:[.-][a-z]+)*)'");

    private static final Pattern PLURAL = Pattern.compile("plural\\('([^']+)'");

    static final List<String> LANGUAGES = Page.LANGUAGES;

    private static String read(String file) throws IOException {
        return Files.readString(FILES.resolve(file));
    }

    private static Map<String, String> texts(String language) throws IOException {
        return new JsonMapper().readValue(read(language + ".json"), new TypeReference<>() {});
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(result.groupCount()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String scripts() throws IOException {
        var all = new StringBuilder();
        for (String module : Page.MODULES) {
            all.append(read(module + ".js"));
        }
        return all.toString();
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void eachLanguageHasTheSameTextsWithTheSameValues(String language) throws IOException {
        Map<String, String> english = texts("en");

        Map<String, String> texts = texts(language);

        assertThat(texts).containsOnlyKeys(english.keySet());
        assertThat(texts)
                .allSatisfy((key, text) ->
                        assertThat(found(VALUE, text)).as(key).isEqualTo(found(VALUE, english.getOrDefault(key, ""))));
    }

    @Test
    void noTextIsTheSameInSpanish() throws IOException {
        Map<String, String> spanish = texts("es");

        assertThat(texts("en"))
                .allSatisfy((key, text) -> assertThat(text).as(key).isNotEqualTo(spanish.get(key)));
    }

    @Test
    void everyTextIsUsedAndEveryOneUsedIsThere() throws IOException {
        Set<String> keys = texts("en").keySet();
        Set<String> ofMarkup = found(KEY_OF_MARKUP, read("index.html"));
        Set<String> used = new TreeSet<>(ofMarkup);
        used.addAll(found(LITERAL, scripts()));
        found(PLURAL, scripts()).forEach(key -> used.addAll(Set.of(key + ".one", key + ".other")));

        assertThat(keys).containsAll(ofMarkup);
        assertThat(used).containsAll(keys);
    }

    /** The title is there before the texts are, for bookmarks and for clients without scripts. */
    @Test
    void theMarkupHasNoTextOfItsOwnButTheTitleAndTheNamesOfKeys() throws IOException {
        assertThat(found(TEXT_OF_MARKUP, read("index.html")))
                .containsOnly("Esc", texts("en").get("title"));
    }
}
