package io.tailrace.schemas.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what works. */
class ReadmeManifestsTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyManifestInTheReadmeIsValid() throws IOException {
        List<String> blocks = YAML.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(blocks).isNotEmpty().allSatisfy(block -> {
            ParsedFile file = Manifests.parse("README.md", block);
            assertThat(file.problems()).isEmpty();
            assertThat(file.objects()).isNotEmpty();
        });
    }
}
