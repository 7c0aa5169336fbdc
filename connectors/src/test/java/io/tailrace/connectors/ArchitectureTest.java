package io.tailrace.connectors;

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
            .importPackages("io.tailrace.connectors");

    @Test
    void ofTheProjectOnlySchemasIsImported() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.tailrace..")
                        .and(resideOutsideOfPackages("io.tailrace.connectors..", "io.tailrace.schemas..")))
                .check(MAIN);
    }

    @Test
    void whatDecidesWhatIsPublishedIsPure() {
        noClasses()
                .that()
                .resideInAPackage("io.tailrace.connectors.core.diff..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "io.grpc..",
                        "org.slf4j..",
                        "io.micrometer..",
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "java.time..",
                        "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(MAIN);
    }

    @Test
    void sourcesKnowNothingOfKafka() {
        noClasses()
                .that()
                .resideInAPackage("io.tailrace.connectors.file..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.tailrace.schemas.publish..", "io.tailrace.schemas.read..")
                .check(MAIN);
    }
}
