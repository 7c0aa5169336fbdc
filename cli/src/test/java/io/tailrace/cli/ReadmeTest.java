package io.tailrace.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.topic.TopicTable;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The root README says only what is so. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ARTIFACT = Pattern.compile("<dependency>.*?<artifactId>([^<]+)</artifactId>");

    /** Of one family, which the README names as one. */
    private static final List<String> FAMILIES = List.of("kafka", "protobuf", "grpc", "micrometer", "slf4j", "logback");

    @Test
    void itsTableOfTopicsIsTheOneInTheCode() throws IOException {
        String readme = readme();
        int from = readme.indexOf("<!-- topics -->\n") + "<!-- topics -->\n".length();

        assertThat(readme.substring(from, readme.indexOf("<!-- end of topics -->")))
                .isEqualTo(TopicTable.markdown(Topics.DEFAULT));
    }

    @Test
    void itNamesEveryCommand() throws IOException {
        String readme = readme();

        assertThat(CommandsTest.commands()
                        .filter(name -> !Set.of("connector", "topics").contains(name)))
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    @Test
    void itNamesEveryDependency() throws IOException {
        String readme = readme().toLowerCase(Locale.ROOT);
        String poms = Stream.of("schemas", "connectors", "translator", "xds-gateway", "cli")
                .map(ReadmeTest::pom)
                .collect(joining());
        Matcher matcher = ARTIFACT.matcher(poms);
        Set<String> artifacts = matcher.results()
                .map(found -> found.group(1))
                .filter(name -> !name.startsWith("tailrace-"))
                .map(name ->
                        FAMILIES.stream().filter(name::startsWith).findFirst().orElse(name))
                .collect(Collectors.toSet());

        assertThat(artifacts).isNotEmpty().allSatisfy(name -> assertThat(readme).contains(name));
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
