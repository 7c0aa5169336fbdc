package io.tailrace.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds what this module may import. What is to stay pure inside it gets its rule here as well. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tailrace");

    @Test
    void everyClassLiesInThePackageOfTheModule() {
        classes().should().resideInAPackage("io.tailrace.schemas..").check(MAIN);
    }

    @Test
    void noSiblingIsImported() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tailrace.connectors..",
                        "io.tailrace.translator..",
                        "io.tailrace.gateway..",
                        "io.tailrace.cli..")
                .check(MAIN);
    }
}
