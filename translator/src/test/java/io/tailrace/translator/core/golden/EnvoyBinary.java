package io.tailrace.translator.core.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The Envoy that the environment names. */
record EnvoyBinary(Path file) {
    private static final String VARIABLE = "TAILRACE_ENVOY";

    static EnvoyBinary fromEnvironment() {
        String file = System.getenv(VARIABLE);
        if (file == null || !Files.isExecutable(Path.of(file))) {
            throw new AssertionError(VARIABLE + " must name an Envoy that can be run, and is "
                    + (file == null ? "not set" : file) + ". `./tailrace test` installs one and sets it.");
        }
        return new EnvoyBinary(Path.of(file));
    }

    /** What Envoy has against a configuration; empty: nothing. */
    String validate(Path configuration) throws IOException, InterruptedException {
        Path log = Files.createTempFile("envoy", ".log");
        Process envoy = new ProcessBuilder(file.toString(), "--mode", "validate", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!envoy.waitFor(60, TimeUnit.SECONDS)) {
                return "not validated after 60 s";
            }
            return envoy.exitValue() == 0 ? "" : Files.readString(log);
        } finally {
            envoy.destroyForcibly();
            Files.delete(log);
        }
    }
}
