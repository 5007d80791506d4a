package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jetwright.it.harness.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the image of this build, and how large it is. That it runs as a pod is for {@link ChartIT} to show. */
class ImageIT {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int SET_ID = 06000;
    private static final long LARGEST = 130_000_000;

    private static final Map<String, byte[]> ARCHIVE = new HashMap<>();
    private static final List<TarArchiveEntry> FILES = new ArrayList<>();
    private static String security = "";
    private static JsonNode configuration = JsonMapper.builder().build().nullNode();

    @BeforeAll
    static void read() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux, whose libraries the image has");
        Image.build();
        ARCHIVE.clear();
        FILES.clear();
        try (var archive = new TarArchiveInputStream(Files.newInputStream(Image.ARCHIVE))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                ARCHIVE.put(entry.getName(), archive.readAllBytes());
            }
        }
        JsonNode manifest = json("manifest.json").get(0);
        configuration = json(manifest.get("Config").asText()).get("config");
        for (JsonNode layer : manifest.get("Layers")) {
            readLayer(new GZIPInputStream(new ByteArrayInputStream(ARCHIVE.get(layer.asText()))));
        }
    }

    private static JsonNode json(String file) throws IOException {
        return new JsonMapper().readTree(ARCHIVE.get(file));
    }

    private static void readLayer(InputStream content) throws IOException {
        try (var layer = new TarArchiveInputStream(content)) {
            for (TarArchiveEntry entry = layer.getNextEntry(); entry != null; entry = layer.getNextEntry()) {
                FILES.add(entry);
                if (entry.getName().endsWith("/conf/security/java.security")) {
                    security = new String(layer.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
    }

    @Test
    void itRunsTheOperatorAsNobody() {
        assertThat(configuration.get("User").asText()).isEqualTo("65532:65532");
        assertThat(configuration.get("Entrypoint"))
                .extracting(JsonNode::asText)
                .startsWith("/opt/java/openjdk/bin/java", "@/app/jvm.options")
                .endsWith("io.jetwright.Main");
        assertThat(configuration.get("Cmd")).extracting(JsonNode::asText).containsExactly("operator");
    }

    @Test
    void nothingInItCanBeWrittenByItsUserNorTakesAnothersRights() {
        assertThat(FILES).hasSizeGreaterThan(50);
        assertThat(FILES).allSatisfy(file -> {
            assertThat(file.getLongUserId()).as("owner of " + file.getName()).isZero();
            if (!file.isSymbolicLink()) {
                assertThat(file.getMode() & (WRITABLE_BY_OTHERS | SET_ID))
                        .as("mode of " + file.getName())
                        .isZero();
            }
        });
    }

    @Test
    void itHasNoShellAndAnAheadOfTimeCache() {
        assertThat(FILES)
                .extracting(TarArchiveEntry::getName)
                .map(name -> "/" + name)
                .noneMatch(name -> name.matches(".*/(sh|bash|dash|busybox|apt|apk|dpkg)"))
                .contains("/app/jetwright.aot", "/app/jvm.options");
    }

    /** Those that are missing are looked for among the libraries, which makes the start a third longer. */
    @Test
    void itNamesTheSecurityProvidersThatItHas() {
        assertThat(security.lines().filter(line -> line.startsWith("security.provider.")))
                .containsExactly(
                        "security.provider.1=SUN",
                        "security.provider.2=SunRsaSign",
                        "security.provider.3=SunEC",
                        "security.provider.4=SunJSSE",
                        "security.provider.5=SunJCE");
    }

    @Test
    void itNamesThePackagesOfItsLibrariesWhereTheSystemKnowsThem() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-query")), "needs a system of Debian's kind");

        assertThat(FILES)
                .extracting(TarArchiveEntry::getName)
                .map(name -> "/" + name)
                .contains("/etc/os-release", "/var/lib/dpkg/status.d/libc6");
    }

    @Test
    void itIsSmall() {
        long compressed =
                ARCHIVE.values().stream().mapToLong(content -> content.length).sum();
        System.err.printf("The image has %.1f MB, compressed%n", compressed / 1e6);
        assertThat(compressed).isLessThanOrEqualTo(LARGEST);
    }
}
