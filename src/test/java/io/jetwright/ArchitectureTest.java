package io.jetwright;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The borders between the rooms of the house (docs/design.md). */
class ArchitectureTest {
    private static final String ROOT = "io.jetwright";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** An arrow in the picture of the house: a plain one, or a thick one on the way of a resource. */
    private static final Pattern ARROW = Pattern.compile("^ *([\\w.]+) +(?:-->|==>)(?:\\|[^|]*\\|)? *([\\w.]+)$");

    /** The arrows in the picture of the house, from each room to those that it knows. */
    private static final Map<String, Set<String>> ARROWS = arrows();

    /** The rooms that each room knows, by the code. */
    private static final Map<String, Set<String>> KNOWN = CLASSES.stream()
            .collect(Collectors.groupingBy(
                    ArchitectureTest::room,
                    TreeMap::new,
                    Collectors.flatMapping(ArchitectureTest::roomsKnownTo, Collectors.toCollection(TreeSet::new))));

    static final Set<String> ROOMS = KNOWN.keySet();

    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        picture().lines().map(ARROW::matcher).filter(Matcher::matches).forEach(arrow -> {
            arrows.computeIfAbsent(arrow.group(1), room -> new TreeSet<>()).add(arrow.group(2));
            arrows.computeIfAbsent(arrow.group(2), room -> new TreeSet<>());
        });
        return arrows;
    }

    private static String picture() {
        try {
            String design = Files.readString(Path.of("docs/design.md"));
            return design.substring(
                    design.indexOf("```mermaid"), design.indexOf("```\n", design.indexOf("```mermaid")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The room that a class is in: its package without the root, or {@code Main} for the entry point. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "Main" : name.substring(ROOT.length() + 1);
    }

    private static Stream<String> roomsKnownTo(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> (target.getPackageName() + ".").startsWith(ROOT + "."))
                .map(ArchitectureTest::room)
                .filter(room -> !room.equals(room(type)));
    }

    @Test
    void theRoomsAreThoseInThePicture() {
        assertThat(ARROWS.keySet()).isEqualTo(ROOMS);
    }

    @ParameterizedTest
    @FieldSource("ROOMS")
    void eachArrowInThePictureIsInTheCode(String room) {
        assertThat(KNOWN.get(room)).containsAll(ARROWS.getOrDefault(room, Set.of()));
    }

    @ParameterizedTest
    @FieldSource("ROOMS")
    void aRoomKnowsOnlyTheRoomsThatArrowsLeadToFromIt(String room) {
        assertThat(reachable(room))
                .containsAll(KNOWN.getOrDefault(room, Set.of()))
                .doesNotContain(room);
    }

    private static Set<String> reachable(String room) {
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(ARROWS.getOrDefault(room, Set.of()));
        while (!next.isEmpty()) {
            String each = next.remove();
            if (reached.add(each)) {
                next.addAll(ARROWS.getOrDefault(each, Set.of()));
            }
        }
        return reached;
    }

    @Test
    void theOperatorHasNoFileOfItsOwnButWhatStartsIt() {
        assertThat(CLASSES.stream()
                        .filter(each -> room(each).equals("operator") && each.isTopLevelClass())
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("JetwrightOperator", "package-info");
    }

    /** Tables of fields may be longer: the specs, of which each field is a few lines, and what they become. */
    @Test
    void noClassIsLongerThan250Lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.toString().endsWith("Spec.java")
                                    && !file.toString().endsWith("Fields.java"))
                            .filter(file -> lines(file) > 250))
                    .isEmpty();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "io.nats.., nats jetstream relay eventlogger",
        "io.javaoperatorsdk.., operator",
        "io.micrometer.., operator process relay eventlogger",
        "io.helidon.., eventlogger",
        "com.sun.net.httpserver.., process",
        "picocli.., cli"
    })
    void aLibraryIsUsedInItsRoomsOnly(String library, String rooms) {
        Stream<String> packages = Stream.of(rooms.split(" ")).map(room -> ROOT + "." + room + "..");
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        Stream.concat(packages, Stream.of(ROOT)).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void onlyTheOperatorAndTheRelayTalkToKubernetes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".operator..", ROOT + ".relay..", ROOT + ".process..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("are of the Kubernetes client") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getPackageName().startsWith("io.fabric8.kubernetes.client")
                                && !type.isEquivalentTo(CustomResource.class);
                    }
                })
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({"plan", "letter", "environment", "nats", "jetstream", "eventlogger", "cli"})
    void whatIsNotSaidToKubernetesDoesNotKnowItsModel(String room) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(CLASSES);
    }

    @Test
    void noClassIsADrawerForAnything() {
        noClasses()
                .should()
                .haveSimpleNameContaining("Util")
                .orShould()
                .haveSimpleNameContaining("Helper")
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
        Set<JavaPackage> packages =
                CLASSES.stream().map(each -> each.getPackage()).collect(Collectors.toSet());
        assertThat(packages).isNotEmpty().allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                .as(each.getName())
                .isTrue());
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.endsWith("package-info.java")))
                    .allSatisfy(file -> assertThat(Files.readString(file)).startsWith("/** "));
        }
    }
}
