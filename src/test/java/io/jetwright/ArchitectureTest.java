package io.jetwright;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
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

    /** Which other rooms a room may know. */
    private static final Map<String, Set<String>> ROOMS = Map.of(
            "api", Set.of(),
            "plan", Set.of("api"),
            "environment", Set.of(),
            "nats", Set.of(),
            "jetstream", Set.of("api", "plan", "nats"),
            "status", Set.of("api"),
            "operator", Set.of("api", "environment", "plan", "nats", "jetstream", "status"),
            "eventlogger", Set.of("environment", "nats"),
            "cli", Set.of("environment", "operator", "eventlogger"));

    static final Set<String> NAMES = ROOMS.keySet();

    @Test
    void everyRoomIsInTheHouse() {
        assertThat(CLASSES.stream().map(each -> room(each.getPackageName())).filter(room -> !room.isEmpty()))
                .isSubsetOf(NAMES);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void aRoomKnowsOnlyTheRoomsBelowIt(String room) {
        String[] others = NAMES.stream()
                .filter(other -> !other.equals(room)
                        && !ROOMS.getOrDefault(room, Set.of()).contains(other))
                .map(other -> ROOT + "." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(CLASSES);
    }

    @Test
    void theEntryPointKnowsOnlyTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NAMES.stream()
                        .filter(room -> !room.equals("cli"))
                        .map(room -> ROOT + "." + room + "..")
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "io.nats.., nats jetstream eventlogger",
        "io.javaoperatorsdk.., operator",
        "io.micrometer.., operator eventlogger",
        "io.helidon.., eventlogger",
        "com.sun.net.httpserver.., operator",
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
    void onlyTheOperatorTalksToKubernetes() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".operator..")
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
    @CsvSource({"plan", "environment", "nats", "jetstream", "eventlogger", "cli"})
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
    void roomsDoNotKnowEachOtherInCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
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

    /** The room that a package belongs to; empty for the entry point's. */
    private static String room(String packageName) {
        return packageName.equals(ROOT)
                ? ""
                : packageName.substring(ROOT.length() + 1).split("[.]", 2)[0];
    }
}
