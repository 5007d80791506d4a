package io.jetwright;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** A class has a test under its own name in the same package: {@code plan.MappingTest} tests {@code plan.Mapping}. */
class TestPerClassTest {
    private static final String ROOT = "io.jetwright.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jetwright");

    /** The packages of which this is asked, with those inside them. */
    static final List<String> PACKAGES = List.of(
            "plan",
            "status",
            "nats",
            "jetstream",
            "operator.asset",
            "operator.connection",
            "operator.pods",
            "operator.wake");

    /** Classes without a test under their own name, such as {@code plan.Mapping}, each with what tests it instead. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry("nats.ConnectFailure", "AttemptTest"),
            Map.entry("nats.ConnectionHandler", "PersistentConnectionTest"),
            Map.entry("nats.TlsSettings", "TlsContextTest"),
            Map.entry("jetstream.Pause", "WorkplacesTest"),
            Map.entry("operator.asset.StreamReconciler", "StreamIT"),
            Map.entry("operator.asset.KeyValueReconciler", "KeyValueIT"),
            Map.entry("operator.asset.ObjectStoreReconciler", "ObjectStoreIT"),
            Map.entry("plan.Exclusions", "MergeTest"),
            Map.entry("plan.Metadata", "MergeTest and MappingTest"),
            Map.entry("plan.Part", "MergeTest"),
            Map.entry("operator.asset.kind.Sight", "ViewTest"),
            Map.entry("operator.asset.kind.Index", "StreamIndexTest and ConsumerIndexTest"),
            Map.entry("operator.asset.kind.Naming", "StreamNamingTest and ConsumerNamingTest"),
            Map.entry("operator.pods.PodImage", "EventLoggerPodInputsTest"),
            Map.entry("operator.wake.Subscriber", "HubTest"));

    private static final Set<String> GENERATED_IN_RECORDS = Set.of("toString", "hashCode", "equals");
    private static final Set<String> GENERATED_IN_ENUMS = Set.of("values", "valueOf");

    @ParameterizedTest
    @FieldSource("PACKAGES")
    void eachClassWithBehaviourHasATestUnderItsName(String name) {
        List<String> classes = CLASSES.stream()
                .filter(each -> isIn(name, each) && each.isTopLevelClass() && hasBehaviour(each))
                .map(TestPerClassTest::shortName)
                .toList();
        assertThat(classes).isNotEmpty();
        assertThat(classes.stream().filter(each -> !hasTest(each) && !EXCEPTIONS.containsKey(each)))
                .as("classes without a test under their name in the same package")
                .isEmpty();
    }

    @Test
    void anExceptionIsAClassThatExistsAndHasNoTest() {
        assertThat(EXCEPTIONS.keySet()).allSatisfy(each -> assertThat(CLASSES.contain(ROOT + each) && !hasTest(each))
                .as(each)
                .isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "plan.Mapping, true",
        "plan.Names, true",
        "plan.Change, true",
        "plan.Owner, true",
        "plan.AssetName, true",
        "status.Reason, true",
        "api.AssetSpec, true",
        "status.Truth, false",
        "api.StorageType, false",
        "api.ManagementPolicy, false",
        "api.WireName, false",
        "api.Quota, false",
        "plan.package-info, false"
    })
    void moreThanAccessorsIsBehaviour(String name, boolean hasBehaviour) {
        assertThat(hasBehaviour(CLASSES.get(ROOT + name))).isEqualTo(hasBehaviour);
    }

    private static boolean isIn(String name, JavaClass type) {
        return (type.getPackageName() + ".").startsWith(ROOT + name + ".");
    }

    private static String shortName(JavaClass type) {
        return type.getName().substring(ROOT.length());
    }

    private static boolean hasTest(String shortName) {
        return Files.exists(Path.of("src/test/java", (ROOT + shortName).replace('.', '/') + "Test.java"));
    }

    /** Whether it, or a class inside it, has code of its own in a method that is no accessor. */
    private static boolean hasBehaviour(JavaClass type) {
        Stream<JavaClass> inside =
                CLASSES.stream().filter(each -> each.getName().startsWith(type.getName() + "$"));
        return Stream.concat(Stream.of(type), inside)
                .flatMap(each -> each.getMethods().stream())
                .anyMatch(method -> isWritten(method) && !isAccessor(method));
    }

    /** Whether the method has a body that the compiler did not make up. Those of records that it did are final. */
    private static boolean isWritten(JavaMethod method) {
        Set<JavaModifier> modifiers = method.getModifiers();
        boolean isGenerated = method.getOwner().isRecord()
                ? modifiers.contains(JavaModifier.FINAL) && GENERATED_IN_RECORDS.contains(method.getName())
                : method.getOwner().isEnum() && GENERATED_IN_ENUMS.contains(method.getName());
        return !isGenerated
                && !modifiers.contains(JavaModifier.ABSTRACT)
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isAccessor(JavaMethod method) {
        return method.getRawParameterTypes().isEmpty()
                && method.getOwner().tryGetField(method.getName()).isPresent();
    }
}
