package io.jetwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The walk through the code (docs/walk.md) leads past what there is. */
class WalkTest {
    private static final Path WALK = Path.of("docs/walk.md");
    private static final Pattern CLASS = Pattern.compile("\\[(\\w+)]\\(\\.\\./(src/main/java/[\\w/]+)\\.java\\)");

    @Test
    void eachClassIsInTheFileThatItsNameLinksTo() throws IOException {
        List<MatchResult> classes =
                CLASS.matcher(Files.readString(WALK)).results().toList();
        assertThat(classes).hasSizeGreaterThan(20).allSatisfy(each -> {
            assertThat(Path.of(each.group(2) + ".java")).exists();
            assertThat(each.group(2)).endsWith("/" + each.group(1));
        });
    }

    @Test
    void theRowIsTheOneInTheTable() throws IOException {
        String row = "Field.duration(\"maxAge\", \"max_age\", StreamSpec::maxAge)";
        assertThat(Files.readString(WALK)).contains(row);
        assertThat(Files.readString(Path.of("src/main/java/io/jetwright/plan/StreamFields.java")))
                .contains(row);
    }
}
