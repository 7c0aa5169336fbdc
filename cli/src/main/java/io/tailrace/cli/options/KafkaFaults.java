package io.tailrace.cli.options;

import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;

/** What a user can do something about when Kafka's clients give no answer, or can't be made. */
public final class KafkaFaults {
    private static final String UNKNOWN_HOSTS = "No resolvable bootstrap urls";

    /** How Kafka says that a producer or consumer, or an admin client, couldn't be made. */
    private static final List<String> UNMADE = List.of("Failed to construct", "Failed to create");

    private KafkaFaults() {}

    /** With the address that was tried, and what to do. */
    public static CommandFailedException unreachable(Map<String, Object> kafka, RuntimeException e) {
        if (e instanceof KafkaUnreachableException unreachable && unreachable.isDenied()) {
            return new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
        // Kafka's words for a timeout name its own calls.
        String what = e.getCause() instanceof TimeoutException ? "Kafka gives no answer" : e.getMessage();
        String advice = e instanceof MissingTopicException ? ";" : "; is it running?";
        return new CommandFailedException(
                ExitCode.FAILED,
                what + " (Kafka at " + kafka.get("bootstrap.servers") + advice + " --bootstrap-servers names another)");
    }

    /** Of a client that couldn't be made: its settings are wrong, or nobody knows the brokers' names. */
    public static Optional<CommandFailedException> ofSettings(Throwable thrown) {
        Throwable deepest = thrown;
        boolean isKafkas = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            isKafkas |= cause instanceof ConfigException || isUnmade(cause);
            deepest = cause;
        }
        if (!isKafkas) {
            return Optional.empty();
        }
        String reason = String.valueOf(deepest.getMessage());
        return Optional.of(
                reason.startsWith(UNKNOWN_HOSTS)
                        ? new CommandFailedException(
                                ExitCode.FAILED,
                                "--bootstrap-servers: Kafka can't be reached, since no host that it names is known")
                        : new CommandFailedException(ExitCode.INVALID, "--kafka-config: " + reason));
    }

    /** A client's constructor failed; the cause says why. */
    private static boolean isUnmade(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return thrown instanceof KafkaException && UNMADE.stream().anyMatch(message::startsWith);
    }
}
