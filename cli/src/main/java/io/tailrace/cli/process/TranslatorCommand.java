package io.tailrace.cli.process;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.translator.TranslatorProcess;
import io.tailrace.translator.streams.Lanes;
import io.tailrace.translator.streams.TranslatorSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace translator}. */
@Command(
        name = "translator",
        description = {
            "Run a translator: the inputs become Envoy resources and load assignments.",
            "Several share the work by partitions."
        },
        footer = {"", "Example:", "  tailrace translator --bootstrap-servers kafka:9092 --instance-id translator-1"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:it could not start", "2:the call is wrong", "130:it was stopped by Ctrl-C", "143:by SIGTERM"
        },
        mixinStandardHelpOptions = true)
public final class TranslatorCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final StatusOptions status = new StatusOptions();

    @Option(
            names = "--lane",
            description = "Run one lane only: ${COMPLETION-CANDIDATES}; given more than once, these (default: both).")
    private List<Lanes> lanes = List.of(Lanes.values());

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = ".tailrace/translator",
            description = "Where its id is kept; stores are in memory (default: ${DEFAULT-VALUE}).")
    private Path stateDir = Path.of(".tailrace/translator");

    @Option(
            names = "--instance-id",
            paramLabel = "ID",
            description =
                    "Names it among the translators, so that it gets its partitions back at once after a restart.")
    private @Nullable String instanceId;

    @Mixin
    private final LostInputsOption lostInputs = new LostInputsOption();

    @Override
    public Integer call() throws InterruptedException {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Parts parts = Parts.closedOnSignal()) {
            TranslatorSettings settings =
                    TranslatorSettings.clustered(kafka.kafka(), kafka.topics(), stateDir, instanceId);
            TranslatorProcess translator = parts.add(TranslatorProcess.start(
                    lostInputs.accepts() ? settings.acceptingLostInputs() : settings, lanes, metrics));
            return status.serveUntilEnded(parts, spec, translator.health(), metrics, new CompletableFuture<>());
        }
    }
}
