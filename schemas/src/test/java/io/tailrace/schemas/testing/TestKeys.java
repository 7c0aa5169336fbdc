package io.tailrace.schemas.testing;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key pair for TLS servers on this machine, and what their clients trust, each as a PKCS12 file. The JDK's keytool makes
 * them, so they are new for each test.
 */
public record TestKeys(Path keystore, Path truststore) {
    public static final String PASSWORD = "changeit";

    /** Makes them in {@code folder}. */
    public static TestKeys make(Path folder) throws IOException {
        TestKeys keys = new TestKeys(folder.resolve("server.p12"), folder.resolve("trusted.p12"));
        Path certificate = folder.resolve("server.pem");
        keytool(
                keys.keystore,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-validity",
                "30",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        keytool(keys.keystore, "-exportcert", "-rfc", "-file", certificate.toString());
        keytool(keys.truststore, "-importcert", "-noprompt", "-file", certificate.toString());
        return keys;
    }

    private static void keytool(Path store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias", "server", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
