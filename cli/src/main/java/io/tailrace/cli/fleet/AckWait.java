package io.tailrace.cli.fleet;

import io.tailrace.cli.fleet.Waiting.Standing;
import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits until the Envoys have acked something. To be opened before that is published, so that nothing of it is missed. */
public final class AckWait implements AutoCloseable {
    /** A gateway's silence is no record: it has to be looked for. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** So many are named while it waits. */
    private static final int NAMED = 5;

    private final FleetWatch watch;
    private final List<Waiting> waits = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    private AckWait(FleetWatch watch) {
        this.watch = watch;
    }

    /** Throws CommandFailedException if Kafka doesn't give the topic {@code fleet}. */
    public static AckWait open(Map<String, Object> kafka, Topics topics) throws InterruptedException {
        return new AckWait(FleetWatch.whole(kafka, topics));
    }

    /**
     * Adds something to wait for.
     *
     * @param group null: all of the mesh
     * @param meshPartition of the mesh on {@code config}
     */
    public AckWait on(String mesh, @Nullable String group, LogPosition position, int meshPartition) {
        return on(new Target(mesh, group, Offsets.of(position, meshPartition)), position.text());
    }

    /** Adds offsets of what was published of a mesh. */
    public AckWait on(String mesh, Collection<Position> positions) {
        Offsets offsets = Offsets.of(positions);
        return on(new Target(mesh, null, offsets), offsets.anyText());
    }

    private AckWait on(Target target, String text) {
        waits.add(new Waiting(target));
        texts.add("mesh " + target.mesh() + ", " + text);
        return this;
    }

    /**
     * Returns when all have acked, or {@code timeout} has passed.
     *
     * @param progress gets whom it waits for, a line whenever that changes
     */
    public AckReport await(Duration timeout, Consumer<String> progress) throws InterruptedException {
        String said = "";
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            List<Standing> standings = standings();
            if (left <= 0) {
                return new AckReport(texts, standings);
            }
            if (standings.stream().allMatch(Standing::isDone)) {
                // A gateway's report and those of its nodes lie in several partitions, which are not read in one order.
                if (readsOn(left)) {
                    standings = standings();
                    if (standings.stream().allMatch(Standing::isDone)) {
                        return new AckReport(texts, standings);
                    }
                }
            } else {
                String now = waitsFor(standings);
                if (!now.equals(said)) {
                    said = now;
                    progress.accept(now);
                }
                watch.awaitNews(Math.min(left, LOOK_EVERY_NANOS));
            }
        }
    }

    private static String waitsFor(List<Standing> standings) {
        List<String> names = standings.stream()
                .flatMap(standing -> standing.behind().stream())
                .map(Waiting.Behind::name)
                .distinct()
                .toList();
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return "waiting for " + String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + more;
    }

    private List<Standing> standings() {
        return watch.look((fleet, now) ->
                waits.stream().map(wait -> wait.look(fleet, now)).toList());
    }

    private boolean readsOn(long nanos) throws InterruptedException {
        try {
            watch.passEndOffsets().get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("passing the end offsets never fails", e);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
