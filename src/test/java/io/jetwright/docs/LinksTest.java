package io.jetwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links to files and headings of the project lead somewhere; of those to elsewhere only the form is looked at. */
class LinksTest {
    static List<MarkdownFile> files() {
        return MarkdownFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyLinkLeadsSomewhere(MarkdownFile file) {
        assertThat(file.links()).allSatisfy(link -> check(file, URI.create(link)));
    }

    private static void check(MarkdownFile file, URI link) {
        if (link.isAbsolute()) {
            assertThat(link.getScheme()).isIn("https", "mailto");
            assertThat(link.getSchemeSpecificPart()).isNotEmpty();
            return;
        }
        Path target = link.getPath().isEmpty()
                ? file.path()
                : file.path().resolveSibling(link.getPath()).normalize();
        assertThat(target.toString().isEmpty() ? Path.of(".") : target).exists();
        if (link.getFragment() != null) {
            assertThat(new MarkdownFile(target).anchors()).contains(link.getFragment());
        }
    }
}
