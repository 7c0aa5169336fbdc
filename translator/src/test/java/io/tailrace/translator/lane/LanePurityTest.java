package io.tailrace.translator.lane;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a lane decides, and what is told of the past, hangs on events alone: Kafka, threads and clocks are the wiring's. */
class LanePurityTest {
    private static final JavaClasses DECISIONS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    "io.tailrace.translator.lane",
                    "io.tailrace.translator.config",
                    "io.tailrace.translator.endpoints",
                    "io.tailrace.translator.past");

    @Test
    void decisionsKnowNoKafkaNorLogNorMetricNorTheWiring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.slf4j..",
                        "io.micrometer..",
                        "io.tailrace.translator.streams..",
                        "io.tailrace.schemas.publish..",
                        "io.tailrace.schemas.read..")
                .check(DECISIONS);
    }

    @Test
    void decisionsKnowNoFileNorThreadNorClockNorChance() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(File.class, Thread.class, Random.class, InstantSource.class)
                .check(DECISIONS);
    }
}
