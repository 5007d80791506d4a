package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"#][^\"]*)\"");

    private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");
    private static final Path FILES = Path.of("src/main/resources/io/jetwright/eventlogger/page");

    private final Page page = new Page();

    private Page.File file(String path) {
        return Objects.requireNonNull(page.files().get(path), path);
    }

    private static String body(Answer answer) throws IOException {
        var out = new ByteArrayOutputStream();
        answer.body().to(out);
        return out.toString(UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8, <!doctype html>",
        "/app.css, text/css; charset=utf-8, {",
        "/app.js, text/javascript; charset=utf-8, import",
        "/live.js, text/javascript; charset=utf-8, EventSource",
        "/en.json, application/json, title",
        "/icon.svg, image/svg+xml, <svg",
        "/openapi.json, application/json, openapi"
    })
    void eachFileHasItsContentTypeAndAPolicyAgainstOtherSites(String path, String contentType, String content)
            throws IOException {
        Answer answer = file(path).answer(Optional.empty());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo(contentType);
        assertThat(body(answer)).containsIgnoringCase(content);
        assertThat(answer.headers())
                .containsKey("ETag")
                .containsEntry("Cache-Control", "no-cache")
                .hasEntrySatisfying("Content-Security-Policy", policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe", "*"));
    }

    /** Each file of the page is served at the root, where a base path cannot be taken for a folder of it. */
    @Test
    void allFilesAreServedAndNoOthers() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            Stream<String> served =
                    files.map(file -> "/" + file.getFileName().toString().replace("index.html", ""));

            assertThat(page.files().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(served, Stream.of("/openapi.json")).toList());
        }
    }

    @Test
    void modulesImportModulesThatAreThere() throws IOException {
        Set<String> imported = new HashSet<>(Set.of("/app.js"));
        for (String module : Page.MODULES) {
            String script = body(file("/" + module + ".js").answer(Optional.empty()));
            IMPORT.matcher(script).results().forEach(found -> imported.add("/" + found.group(1)));
        }

        assertThat(imported)
                .containsExactlyInAnyOrderElementsOf(Page.MODULES.stream()
                        .map(module -> "/" + module + ".js")
                        .toList());
    }

    @Test
    void modulesAreOfReadableSize() throws IOException {
        for (String module : Page.MODULES) {
            assertThat(body(file("/" + module + ".js").answer(Optional.empty())))
                    .as(module)
                    .satisfies(script -> assertThat(script.lines().count()).isLessThan(250));
        }
    }

    @Test
    void theIndexRefersToItsFilesAlone() throws IOException {
        assertThat(REFERENCE.matcher(body(file("/").answer(Optional.empty()))).results())
                .extracting((MatchResult reference) -> "/" + reference.group(1))
                .isSubsetOf("/app.css", "/app.js", "/icon.svg", "/openapi.json")
                .contains("/app.css", "/app.js");
    }

    @ParameterizedTest
    @CsvSource({"/", "/app.css", "/app.js"})
    void aClientThatHasTheFileGetsNoBody(String path) throws IOException {
        Page.File file = file(path);

        Answer answer = file.answer(Optional.of(file.tag()));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.headers()).containsEntry("ETag", file.tag());
        assertThat(body(answer)).isEmpty();
    }

    @Test
    void aClientThatHasAnotherVersionGetsTheFile() {
        assertThat(file("/app.js").answer(Optional.of(file("/app.css").tag())).status())
                .isEqualTo(200);
        assertThat(file("/app.js").answer(Optional.of("*")).status()).isEqualTo(200);
    }

    @Test
    void tagsAreQuotedAndDifferFromFileToFile() {
        assertThat(page.files().values())
                .extracting(Page.File::tag)
                .allMatch(tag -> tag.matches("\"[0-9a-f]{8}\""))
                .doesNotHaveDuplicates();
    }
}
