package io.tailrace.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
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

    /** What decides is pure: the same input gives the same answer, in any program, with nothing but memory. */
    @Test
    void keysRulesManifestsAndBytesKnowNoLogNoClockNoThreadAndNoFile() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.tailrace.schemas.kind..",
                        "io.tailrace.schemas.check..",
                        "io.tailrace.schemas.manifest..",
                        "io.tailrace.schemas.bytes..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "io.grpc..",
                        "org.slf4j..",
                        "io.micrometer..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Clock.class,
                        Thread.class,
                        ExecutorService.class,
                        CompletableFuture.class,
                        File.class,
                        Random.class,
                        UUID.class)
                .check(MAIN);
    }

    @Test
    void onlyTheDeterministicPackerPacks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tailrace.schemas.bytes")
                .should()
                .callMethod(Any.class, "pack", Message.class)
                .orShould()
                .callMethod(Any.class, "pack", Message.class, String.class)
                .check(MAIN);
    }
}
