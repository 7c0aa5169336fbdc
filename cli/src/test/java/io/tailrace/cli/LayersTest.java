package io.tailrace.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the architecture: modules meet on Kafka's topics, not in code. A class belongs to the module that it was loaded
 * from (a folder of classes or a jar), whatever its package says.
 */
class LayersTest {
    private static final Map<String, Set<String>> MAY_IMPORT = Map.of(
            "schemas", Set.of(),
            "connectors", Set.of("schemas"),
            "translator", Set.of("schemas"),
            "xds-gateway", Set.of("schemas"),
            "bench", Set.of("schemas", "xds-gateway"),
            "cli", Set.of("schemas", "connectors", "translator", "xds-gateway"));

    private static final Map<String, String> ROOTS = Map.of(
            "schemas", "io.tailrace.schemas",
            "connectors", "io.tailrace.connectors",
            "translator", "io.tailrace.translator",
            "xds-gateway", "io.tailrace.gateway",
            "bench", "io.tailrace.bench",
            "cli", "io.tailrace.cli");

    private static final Set<String> GENERATED = Set.of("io.tailrace.schemas.v1", "io.tailrace.schemas.log.v1");

    private static final Pattern TESTS = Pattern.compile(".*(/test-classes/|-tests\\.jar!).*");

    /** {@code .../translator/target/classes/...} in a build, {@code .../tailrace-translator-0.1.0.jar!/...} as a jar. */
    private static final Pattern MODULE = Pattern.compile(
            ".*/(?:tailrace-)?(" + String.join("|", ROOTS.keySet()) + ")(?:/target/classes/|-[0-9][^/]*\\.jar!/).*");

    private static final JavaClasses MAIN =
            new ClassFileImporter().withImportOption(LayersTest::isMain).importPackages("io.tailrace");

    @TestFactory
    List<DynamicTest> aModuleImportsOnlyTheLayerBelow() {
        return MAY_IMPORT.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> checkImports(rule.getKey(), rule.getValue())))
                .toList();
    }

    /** Without it the rules above could pass by looking at nothing. */
    @Test
    void everyModuleIsScanned() {
        assertThat(MAIN.stream().map(LayersTest::moduleOf).distinct())
                .containsExactlyInAnyOrderElementsOf(ROOTS.keySet());
    }

    @Test
    void everyClassLiesInThePackageOfItsModule() {
        assertThat(MAIN.stream()
                        .filter(type -> !(type.getPackageName() + ".").startsWith(ROOTS.get(moduleOf(type)) + ".")))
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> marked = MAIN.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .filter(type -> type.isAnnotatedWith(NullMarked.class))
                .map(JavaClass::getPackageName)
                .collect(toSet());
        Set<String> ours = MAIN.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !GENERATED.contains(name))
                .collect(toSet());

        assertThat(ours).isEqualTo(marked);
    }

    private static void checkImports(String module, Set<String> allowed) {
        String[] forbidden = ROOTS.entrySet().stream()
                .filter(root -> !root.getKey().equals(module) && !allowed.contains(root.getKey()))
                .map(root -> root.getValue() + "..")
                .sorted()
                .toArray(String[]::new);
        if (forbidden.length == 0) {
            return;
        }
        noClasses()
                .that(describe("are in module " + module, type -> moduleOf(type).equals(module)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(MAIN);
    }

    private static boolean isMain(Location location) {
        return !location.matches(TESTS);
    }

    private static String moduleOf(JavaClass type) {
        Matcher source = MODULE.matcher(type.getSource().orElseThrow().getUri().toString());
        assertThat(source.matches())
                .as("%s comes from a module", type.getName())
                .isTrue();
        return source.group(1);
    }
}
