package io.tailrace.cli.objects;

import io.tailrace.cli.fleet.AckReport;
import io.tailrace.cli.fleet.AckWait;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaFaults;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.ProgressLine;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.publish.InvalidObjectsException;
import io.tailrace.schemas.publish.PublishFailedException;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import io.tailrace.schemas.topic.Topic;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Publishes changes, waits for the translator to pass them, and says what it says of each. */
public record Publication(Log log, PublishOptions options, OutputOptions output, PrintWriter out, PrintWriter err) {
    /** Returns the exit code. */
    public int run(Publisher publisher, Function<Publisher, List<ChangeEvent>> changes) throws InterruptedException {
        Duration timeout = options.timeout();
        // Opened before anything is published, so that no report of it is missed.
        try (RevisionWatch watch = RevisionWatch.start(log.kafka(), log.topics());
                AckWait acks = options.waits() ? AckWait.open(log.kafka(), log.topics()) : null) {
            List<ChangeEvent> events = changes.apply(publisher);
            ProgressLine progress = new ProgressLine(err);
            List<Published> published = publisher.publish(
                    events, written -> progress.report("publishing", (double) written / events.size()));
            Map<Integer, Long> revisions = revisions(published);
            if (!revisions.isEmpty() && !watch.await(revisions, timeout)) {
                out.println(output.render(rows(published, Map.of(), false)));
                err.println("published, no verdict: no translator has passed revision "
                        + revisions.values().stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + " within " + seconds(timeout) + " s");
                return ExitCode.NO_VERDICT;
            }
            Map<String, ObjectStatus> statuses = revisions.isEmpty() ? Map.of() : log.statuses();
            Rows rows = rows(published, statuses, true);
            int verdict = problems(published, statuses);
            if (acks == null) {
                out.println(output.render(rows));
                return verdict;
            }
            int acked = acked(rows, published, acks, timeout);
            return verdict == ExitCode.OK ? acked : verdict;
        } catch (InvalidObjectsException e) {
            throw new CommandFailedException(ExitCode.INVALID, String.valueOf(e.getMessage()));
        } catch (KafkaUnreachableException | MissingTopicException e) {
            throw KafkaFaults.unreachable(log.kafka(), e);
        } catch (PublishFailedException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** As it was given: "0.2" for 200ms. */
    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private int problems(List<Published> published, Map<String, ObjectStatus> statuses) {
        List<String> problems = published.stream()
                .flatMap(change -> Verdict.problems(status(change, statuses)).stream())
                .distinct()
                .toList();
        problems.forEach(err::println);
        return problems.isEmpty() ? ExitCode.OK : ExitCode.INVALID;
    }

    private int acked(Rows rows, List<Published> published, AckWait acks, Duration timeout)
            throws InterruptedException {
        Map<String, List<Position>> byMesh = new TreeMap<>();
        published.forEach(change -> byMesh.computeIfAbsent(change.key().mesh(), mesh -> new ArrayList<>())
                .add(position(change)));
        byMesh.forEach(acks::on);
        if (output.format() == OutputOptions.Format.TABLE) {
            out.println(output.render(rows)); // now, since what comes may take its time
            out.flush();
        }
        AckReport report = acks.await(timeout, err::println);
        report.print(Map.of("objects", rows), output, out, err);
        return report.exitCode();
    }

    private static Position position(Published change) {
        return Position.newBuilder()
                .setInput(
                        switch (change.topic()) {
                            case ENDPOINTS -> Position.Input.ENDPOINTS;
                            case SECRETS -> Position.Input.SECRETS;
                            default -> Position.Input.CONFIG;
                        })
                .setPartition(change.partition())
                .setOffset(change.offset())
                .build();
    }

    private static Rows rows(List<Published> published, Map<String, ObjectStatus> statuses, boolean known) {
        Rows rows = new Rows("kind", "namespace", "name", "revision", "verdict");
        for (Published change : published) {
            ObjectStatus status = status(change, statuses);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("kind", change.key().kind().id());
            row.put("namespace", change.key().namespace());
            row.put("name", change.key().name());
            row.put(
                    "revision",
                    LogPosition.ofRecord(change.topic(), change.partition(), change.offset())
                            .shortText());
            row.put("verdict", verdict(change, status, statuses, known));
            row.put("problems", Verdict.problems(status));
            rows.add(row);
        }
        return rows;
    }

    private static String verdict(
            Published change, ObjectStatus status, Map<String, ObjectStatus> statuses, boolean known) {
        if (change.topic() != Topic.CONFIG) {
            return "published";
        }
        if (!known) {
            return "no verdict";
        }
        return statuses.containsKey(Log.statusKey(change.key())) ? Verdict.text(status) : "deleted";
    }

    private static ObjectStatus status(Published change, Map<String, ObjectStatus> statuses) {
        return change.topic() == Topic.CONFIG
                ? statuses.getOrDefault(Log.statusKey(change.key()), ObjectStatus.getDefaultInstance())
                : ObjectStatus.getDefaultInstance();
    }

    /** The newest revision of each partition. Endpoints have no verdict to wait for. */
    private static Map<Integer, Long> revisions(List<Published> published) {
        Map<Integer, Long> revisions = new HashMap<>();
        published.stream()
                .filter(change -> change.topic() == Topic.CONFIG)
                .forEach(change -> revisions.merge(change.partition(), change.offset(), Math::max));
        return revisions;
    }
}
