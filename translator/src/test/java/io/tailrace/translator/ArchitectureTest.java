package io.tailrace.translator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds what this module may import. What is to stay pure inside it gets its rule here as well. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tailrace.translator");

    @Test
    void ofTheProjectOnlySchemasIsImported() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.tailrace..")
                        .and(resideOutsideOfPackages("io.tailrace.translator..", "io.tailrace.schemas..")))
                .check(MAIN);
    }
}
