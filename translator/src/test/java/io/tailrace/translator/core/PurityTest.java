package io.tailrace.translator.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The translation is a function: equal inputs, equal output, on every machine and at every time. */
class PurityTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tailrace.translator.core");

    @Test
    void theCoreKnowsNoKafkaNorGrpcNorLogNorMetric() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "io.grpc..",
                        "org.slf4j..",
                        "io.micrometer..",
                        "io.tailrace.translator.config..",
                        "io.tailrace.translator.endpoints..",
                        "io.tailrace.schemas.topic..",
                        "io.tailrace.schemas.publish..",
                        "io.tailrace.schemas.read..")
                .check(CORE);
    }

    @Test
    void theCoreKnowsNoFileNorSocketNorThread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class)
                .check(CORE);
    }

    @Test
    void theCoreKnowsNoClockNorChance() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, Random.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CORE);
    }
}
