package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @Test
    void whatItShowsHolds(@TempDir Path root) throws Exception {
        try (CommandProcess demo = CommandProcess.start(root, "demo", "--once")) {
            int exitCode = demo.exitCode();

            assertThat(exitCode).as(demo.output()).isZero();
            assertThat(demo.output())
                    .contains("all of it held", "demo: what Kafka itself says goes to ")
                    .as("Kafka's clients complain at each start")
                    .doesNotContain("StreamsConfig");
        }
    }
}
