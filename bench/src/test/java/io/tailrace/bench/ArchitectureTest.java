package io.tailrace.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds what this module may import. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tailrace.bench");

    @Test
    void ofTheProjectOnlySchemasAndTheGatewayAreImported() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.tailrace..")
                        .and(resideOutsideOfPackages(
                                "io.tailrace.bench..", "io.tailrace.gateway..", "io.tailrace.schemas..")))
                .check(MAIN);
    }

    /** What a client costs must not depend on how the server that it measures is made. */
    @Test
    void theFakeClientsKnowNoServerAndNoGrpc() {
        noClasses()
                .that(resideInAPackage("io.tailrace.bench.fleet.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.tailrace.bench.server..")
                        .or(resideInAPackage("io.grpc.."))
                        .or(resideInAPackage("io.tailrace.gateway.server..")))
                .check(MAIN);
    }
}
