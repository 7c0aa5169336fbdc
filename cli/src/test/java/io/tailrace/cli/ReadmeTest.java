package io.tailrace.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.access.AccessTable;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.topic.TopicTable;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The root README says only what is so. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ARTIFACT = Pattern.compile(
            "<(?:dependency|path|artifactItem)>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");

    @Test
    void itsTableOfTopicsIsTheOneInTheCode() throws IOException {
        String readme = readme();
        int from = readme.indexOf("<!-- topics -->\n") + "<!-- topics -->\n".length();

        assertThat(readme.substring(from, readme.indexOf("<!-- end of topics -->")))
                .isEqualTo(TopicTable.markdown(Topics.DEFAULT));
    }

    @Test
    void theTableOfPermissionsIsTheOneInTheCode() throws IOException {
        assertThat(Files.readString(ROOT.resolve("KAFKA-SECURITY.md")))
                .contains("<!-- permissions -->\n" + AccessTable.markdown(Topics.DEFAULT)
                        + "<!-- end of permissions -->");
    }

    @Test
    void itsTableOfKindsNamesEachAndNoOther() throws IOException {
        String readme = readme();
        String table = readme.substring(readme.indexOf("| kind | what it says |"), readme.indexOf("## Topics"));

        assertThat(table.lines()
                        .skip(2)
                        .filter(line -> line.startsWith("| "))
                        .flatMap(line -> Stream.of(line.split("\\|", -1)[1].split(",", -1)))
                        .map(String::strip))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Kind.values()).map(Kind::id).toList());
    }

    @Test
    void itNamesEveryCommand() throws IOException {
        String readme = readme();

        assertThat(CommandsTest.commands()
                        .filter(name -> !Set.of("connector", "topics").contains(name)))
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    @Test
    void itsTableOfDependenciesNamesEachThatAModuleHasAndNoOther() throws IOException {
        Set<String> named = dependenciesInTheReadme();
        Set<String> ofModules =
                artifacts(Stream.of("schemas", "connectors", "translator", "xds-gateway", "bench", "cli")
                        .map(ReadmeTest::pom)
                        .collect(joining()));
        Set<String> all = new HashSet<>(ofModules);
        all.addAll(artifacts(Files.readString(ROOT.resolve("pom.xml"))));

        assertThat(ofModules)
                .hasSizeGreaterThan(10)
                .allSatisfy(artifact -> assertThat(named).anyMatch(name -> names(name, artifact)));
        assertThat(named)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(all).anyMatch(artifact -> names(name, artifact)));
    }

    /** "Protobuf" names `protobuf-java`, "Error Prone" `error_prone_core`. */
    private static boolean names(String name, String artifact) {
        String id = artifact.substring(artifact.indexOf(':') + 1);
        return name.contains(":") ? name.equals(artifact) : plain(id).startsWith(plain(name));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Of the first column: what stands there alone, in a list, or in parentheses. */
    private static Set<String> dependenciesInTheReadme() throws IOException {
        String readme = readme();
        String table = readme.substring(readme.indexOf("## Dependencies"), readme.indexOf("## Where things are"));
        return table.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what "))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(column -> Stream.of(column.split("[,()`]| and ", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(toSet());
    }

    /** "group:artifact" of every dependency, annotation processor, and program that tests run. */
    private static Set<String> artifacts(String pom) {
        return ARTIFACT.matcher(pom)
                .results()
                .map(found -> found.group(1) + ":" + found.group(2))
                .filter(name -> !name.startsWith("io.tailrace:"))
                .collect(toSet());
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static String pom(String module) {
        try {
            return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
