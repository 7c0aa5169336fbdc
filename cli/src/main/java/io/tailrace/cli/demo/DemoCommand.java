package io.tailrace.cli.demo;

import io.tailrace.cli.envoy.EnvoyBinary;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.process.Parts;
import io.tailrace.cli.process.TemporaryFolder;
import io.tailrace.cli.up.KafkaLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace demo}. */
@Command(
        name = "demo",
        description = {
            "Show the whole path: files, Kafka, a translator, two gateways, an Envoy, and two versions of a service.",
            "Everything runs on free ports and in a temporary folder; nothing is left behind."
        },
        footer = {"", "Example:", "  tailrace demo --once"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all held", "1:something did not hold, or it could not start", "2:the call is wrong"},
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--once", description = "End after what it shows, with 1 if any of it did not hold.")
    private boolean once;

    @Option(names = "--envoy", paramLabel = "FILE", description = "The Envoy to run (default: see `tailrace envoy`).")
    private @Nullable Path envoy;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path binary = EnvoyBinary.find(envoy);
        try (Parts parts = Parts.closedOnSignal()) {
            Path folder = parts.add(TemporaryFolder.create("tailrace-demo")).path();
            say(out, "what Kafka itself says goes to " + KafkaLog.into(folder.resolve("state")));
            Demo demo = new Demo(parts, folder, binary, line -> say(out, line));
            demo.run();
            int verdict = verdict(demo, out);
            if (once) {
                return verdict;
            }
            demo.invitation().forEach(line -> say(out, line));
            throw new CommandFailedException(
                    ExitCode.FAILED, "demo: " + demo.ended().join());
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, "demo: " + e.getMessage());
        }
    }

    private static int verdict(Demo demo, PrintWriter out) {
        demo.failures().forEach(failure -> say(out, "DID NOT HOLD: " + failure));
        if (demo.failures().isEmpty()) {
            say(out, "all of it held");
        }
        return demo.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void say(PrintWriter out, String line) {
        out.println("demo: " + line);
        out.flush();
    }
}
