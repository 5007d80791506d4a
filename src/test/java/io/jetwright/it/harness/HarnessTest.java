package io.jetwright.it.harness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The border between the integration tests and their harness. */
class HarnessTest {
    private static final String TESTS = "io.jetwright.it";
    private static final String HARNESS = "io.jetwright.it.harness";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(TESTS);

    @Test
    void whatIsBesideTheHarnessIsAnIntegrationTest() {
        classes()
                .that()
                .resideInAPackage(TESTS)
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .haveSimpleNameEndingWith("IT")
                .because("the harness has a package of its own")
                .check(CLASSES);
    }

    @Test
    void theHarnessDependsOnNoIntegrationTest() {
        noClasses()
                .that()
                .resideInAPackage(HARNESS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TESTS)
                .because("several tests share it")
                .check(CLASSES);
    }
}
