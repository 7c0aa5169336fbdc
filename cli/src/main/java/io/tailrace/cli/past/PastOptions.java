package io.tailrace.cli.past;

import io.tailrace.cli.options.KafkaFaults;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.ProgressLine;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that read the past have in common. */
final class PastOptions {
    @Option(names = "--mesh", defaultValue = "default", description = "The mesh (default: ${DEFAULT-VALUE}).")
    private String mesh = "default";

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    String mesh() {
        return mesh;
    }

    KafkaOptions kafka() {
        return kafka;
    }

    /** What a reading of the log gives. */
    <T> T read(PrintWriter err, Function<PastLog, T> reading) {
        return ask(
                kafka, () -> reading.apply(PastLog.open(kafka.kafka(), kafka.topics(), mesh, new ProgressLine(err))));
    }

    /** As {@link #read}, where the reading tells what it finds as it goes. */
    void run(PrintWriter err, Consumer<PastLog> reading) {
        boolean _ = read(err, log -> {
            reading.accept(log);
            return true;
        });
    }

    /** What Kafka gives; that it gives no answer is said with its address. */
    static <T> T ask(KafkaOptions kafka, Supplier<T> question) {
        try {
            return question.get();
        } catch (KafkaUnreachableException | MissingTopicException e) {
            throw KafkaFaults.unreachable(kafka.kafka(), e);
        }
    }
}
