package io.tailrace.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a stream is told is decided by values alone: views and the protocol know nothing of the world around them. */
class PurityTest {
    private static final JavaClasses PURE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tailrace.gateway.view", "io.tailrace.gateway.stream");

    /** A body writes itself to whatever it is given; that is no I/O yet. */
    private static final Set<Class<?>> ALLOWED = Set.of(
            OutputStream.class, IOException.class, UncheckedIOException.class, Charset.class, StandardCharsets.class);

    private static final DescribedPredicate<JavaClass> IMPURE = new DescribedPredicate<>("impure") {
        private final DescribedPredicate<JavaClass> packages = JavaClass.Predicates.resideInAnyPackage(
                "org.apache.kafka..",
                "io.grpc..",
                "io.netty..",
                "org.slf4j..",
                "io.micrometer..",
                "java.io..",
                "java.net..",
                "java.nio..",
                "java.time..",
                "java.util.concurrent..");
        private final Set<String> classes = Set.of("java.lang.Thread", "java.util.Random", "java.util.Timer");

        @Override
        public boolean test(JavaClass type) {
            return (packages.test(type) || classes.contains(type.getName()))
                    && ALLOWED.stream().noneMatch(type::isEquivalentTo);
        }
    };

    private static final ArchRule RULE = noClasses()
            .should()
            .dependOnClassesThat(IMPURE)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @Test
    void viewsAndStreamsKnowNoKafkaGrpcLoggerMetricClockThreadOrIo() {
        assertThat(PURE.contain("io.tailrace.gateway.stream.XdsStream")).isTrue();
        assertThat(PURE.contain("io.tailrace.gateway.view.View")).isTrue();
        RULE.check(PURE);
    }

    /** Each has one thing that the rule forbids; it would pass by looking at nothing, if it passed any of them. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                OfKafka.class,
                OfGrpc.class,
                OfLogger.class,
                OfMetric.class,
                OfClock.class,
                OfTime.class,
                OfThread.class,
                OfLock.class,
                OfChance.class,
                OfFile.class
            })
    void eachOfThemIsFound(Class<?> planted) {
        JavaClasses one = new ClassFileImporter().importClasses(planted);
        assertThat(RULE.evaluate(one).hasViolation()).isTrue();
    }

    record OfKafka(TopicPartition partition) {}

    record OfGrpc(Status status) {}

    static final class OfLogger {
        static String name() {
            return LoggerFactory.getLogger("x").getName();
        }
    }

    record OfMetric(Counter counter) {}

    record OfClock(Clock clock) {}

    static final class OfTime {
        static long now() {
            return System.nanoTime();
        }
    }

    record OfThread(Thread thread) {}

    record OfLock(AtomicLong number) {}

    record OfChance(Random random) {}

    record OfFile(Path path, Instant at) {}
}
