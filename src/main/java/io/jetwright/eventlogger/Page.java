package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The files of the page, which are in the jar. */
final class Page {
    /** Allows scripts, styles and images of the app and requests to it; nothing inline, nothing from other sites. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /** The description of the API. */
    static final String OPENAPI = "/openapi.json";

    /** The scripts; {@code app} loads the others. */
    static final List<String> MODULES = List.of(
            "app",
            "back",
            "buffer",
            "chart",
            "clipboard",
            "detail",
            "dom",
            "event",
            "filters",
            "from",
            "history",
            "json",
            "keys",
            "letter",
            "list",
            "live",
            "pattern",
            "payload",
            "publish",
            "status",
            "summary",
            "words");

    /** The languages of the page, with a file of its texts for each. */
    static final List<String> LANGUAGES = List.of("en", "es");

    private final Map<String, File> files = new HashMap<>();

    Page() {
        add("/", "page/index.html", "text/html; charset=utf-8");
        add("/app.css", "page/app.css", "text/css; charset=utf-8");
        add("/icon.svg", "page/icon.svg", "image/svg+xml");
        for (String module : MODULES) {
            add("/" + module + ".js", "page/" + module + ".js", "text/javascript; charset=utf-8");
        }
        for (String language : LANGUAGES) {
            add("/" + language + ".json", "page/" + language + ".json", "application/json");
        }
        add(OPENAPI, "openapi.json", "application/json");
    }

    /**
     * A file of the page.
     *
     * @param answer with the whole file
     * @param tag of its content, in quotation marks, as in the header ETag
     */
    record File(Answer answer, String tag) {
        /**
         * The answer to a client that has the version with this tag.
         *
         * @param knownTag empty if the client has none
         */
        Answer answer(Optional<String> knownTag) {
            return knownTag.filter(tag::equals).isPresent() ? answer.unchanged() : answer;
        }
    }

    private void add(String path, String name, String contentType) {
        try (InputStream stream = Page.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            byte[] content = stream.readAllBytes();
            var checksum = new CRC32C();
            checksum.update(content);
            String tag = '"' + HexFormat.of().toHexDigits((int) checksum.getValue()) + '"';
            Map<String, String> headers =
                    Map.of("ETag", tag, "Cache-Control", "no-cache", "Content-Security-Policy", POLICY);
            files.put(path, new File(Answer.of(200, contentType, headers, content), tag));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files by the path that each is served at. */
    Map<String, File> files() {
        return Map.copyOf(files);
    }
}
