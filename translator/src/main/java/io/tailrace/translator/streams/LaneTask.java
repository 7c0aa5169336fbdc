package io.tailrace.translator.streams;

import io.tailrace.translator.lane.Arrival;
import io.tailrace.translator.lane.Change;
import io.tailrace.translator.lane.Lane;
import io.tailrace.translator.lane.Lane.MarkerFacts;
import io.tailrace.translator.lane.Sizes;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One partition of a lane at work: reads what came, lets the lane decide, writes what it decided and the marker. At its
 * start it finds out whether anything was lost (see {@link Loss}), and if so writes the difference to what stands before
 * it takes any event. Belongs to the stream thread.
 */
final class LaneTask {
    private static final Logger LOG = LoggerFactory.getLogger(LaneTask.class);
    // Of a larger change each call writes so much, in a transaction of its own: one must end within 3 s.
    private static final int PIECE_ENTRIES = 5_000;
    private static final long PIECE_BYTES = 8 << 20;
    // Whichever comes first, when more comes all the time: some 50 ms of translating, or of waiting for it.
    private static final int MOST_DUE = 20_000;
    private static final long DUE_AFTER_MS = 50;

    private final LaneEnvironment environment;
    private final ProcessorContext<OutKey, byte[]> context;
    private final int partition;
    private final StoredState state;
    private final LaneOutput output;
    private final Intake intake;
    private final Progress progress;
    private final LogFacts facts;
    private final Loss loss;
    private Lane lane;
    private @Nullable Unsettled unsettled;
    // Offsets passed since the last marker. A task that has just been restored may owe one.
    private boolean owesMarker = true;
    private final BareMarkerPace bareMarkers = new BareMarkerPace();
    // What the next marker that isn't bare closes.
    private final SortedSet<String> meshes = new TreeSet<>();
    private boolean inPieces;
    private long dueSinceMs = Long.MAX_VALUE;

    /** What is to be done before the first event. */
    private record Unsettled(Rereading.@Nullable Outputs outputs) {}

    /** Does all the reading that is needed, and writes nothing: a reading takes long, and a transaction mustn't. */
    LaneTask(LaneEnvironment environment, ProcessorContext<OutKey, byte[]> context) {
        this.environment = environment;
        this.context = context;
        partition = context.taskId().partition();
        facts = environment.log().refresh();
        state = new StoredState(environment.lane(), context);
        output = new LaneOutput(environment, facts, context);
        intake = new Intake(topic -> facts.partitions(environment.name(topic)));
        progress = new Progress(environment.topics(), environment.lane().inputs());
        loss = Loss.of(progress, progress.restore(state), facts, environment);
        Rereading.Found found =
                loss.inputs() || loss.outputs() || !loss.remade().isEmpty()
                        ? environment.rereading().read(environment, partition, facts, intake, loss)
                        : new Rereading.Found(null, null);
        environment
                .lostInputs()
                .keep(
                        partition,
                        loss.unaccepted().stream().map(environment::name).toList());
        lane = lane(found.inputs());
        unsettled = loss.translation() ? new Unsettled(found.outputs()) : null;
    }

    private Lane lane(Rereading.@Nullable Inputs inputs) {
        if (inputs == null) {
            return environment.lane().factory().fromStores(partition, state);
        }
        Lane.Factory factory = environment.lane().factory();
        // What is in no input any more is in the stores alone.
        boolean isAllInInputs = loss.inputs() && loss.unaccepted().isEmpty();
        Lane fresh = isAllInInputs ? factory.empty(partition, state) : factory.fromStores(partition, state);
        inputs.arrivals().forEach(fresh::absorb);
        inputs.next().forEach(progress::continueAt);
        progress.continueAbove(0, inputs.newestMs());
        return fresh;
    }

    /**
     * Takes a record in.
     *
     * @param isLast whether no other waits for this task
     * @return whether anything was written that readers should see soon
     */
    boolean take(Incoming incoming, boolean isLast) {
        catchUp();
        if (progress.hasPassed(incoming.place())) {
            return false;
        }
        Arrival arrival = intake.read(incoming);
        Decision decision = environment.metrics().timed(() -> decide(arrival));
        if (decision.arrival() instanceof Arrival.Broken broken) {
            output.deadLetter(incoming, broken.problems());
        }
        progress.pass(incoming.place());
        boolean isDue = isDue(isLast);
        // In one go: a broker takes a producer's requests one after the other, so two would take twice as long.
        write(isDue ? decision.change().and(settled()) : decision.change());
        boolean isPassed = isLast && markBare(context.currentSystemTimeMs());
        return isDue || isPassed || !decision.change().output().isEmpty();
    }

    private boolean isDue(boolean isLast) {
        long nowMs = context.currentSystemTimeMs();
        dueSinceMs = lane.due() > 0 ? Math.min(dueSinceMs, nowMs) : Long.MAX_VALUE;
        return lane.due() > 0 && (isLast || lane.due() >= MOST_DUE || nowMs - DUE_AFTER_MS >= dueSinceMs);
    }

    /** What the lane has put off. */
    private Change settled() {
        dueSinceMs = Long.MAX_VALUE;
        return environment.metrics().timed(lane::settle);
    }

    /** Called ten times a second or so. */
    void tick(long nowMs) {
        if (facts.isContradictedBy(environment.log().facts())) {
            throw new TopicsChangedException(environment.lane().name());
        }
        catchUp();
        if (lane.due() > 0) {
            write(settled());
        }
        if (inPieces) {
            writePiece();
        } else {
            boolean _ = markBare(nowMs);
        }
    }

    private record Decision(Arrival arrival, Change change) {}

    /** Never throws for the event's sake: what breaks the lane is broken itself. */
    private Decision decide(Arrival arrival) {
        try {
            return new Decision(arrival, Sizes.checked(lane.take(arrival)));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError()
                    .addKeyValue("lane", environment.lane().name())
                    .addKeyValue("place", arrival.place())
                    .setCause(e)
                    .log("an event could not be translated; it is a dead letter");
            return giveUp(arrival, String.valueOf(e.getMessage()));
        }
    }

    /** The lane may have half taken it in: it is made anew from the stores, which know nothing of it. */
    private Decision giveUp(Arrival arrival, String reason) {
        Arrival.Broken broken = intake.untranslatable(arrival, reason);
        makeAnew();
        try {
            return new Decision(broken, Sizes.checked(lane.take(broken)));
        } catch (RuntimeException | StackOverflowError e) {
            makeAnew();
            return new Decision(broken, Change.NONE);
        }
    }

    private void makeAnew() {
        boolean wasBehind = lane.isBehind();
        lane = environment.lane().factory().fromStores(partition, state);
        if (wasBehind) {
            write(Sizes.checked(lane.rebuild()));
        }
    }

    /** What was lost is made good. */
    private void catchUp() {
        Unsettled open = unsettled;
        if (open == null) {
            return;
        }
        Rereading.Outputs outputs = open.outputs();
        if (outputs != null) {
            progress.continueAbove(outputs.markerSequence(), outputs.markerTimeMs());
            state.stageStanding(outputs.records());
        }
        Change change = environment.metrics().timed(() -> Sizes.checked(lane.rebuild()));
        progress.saveMadeWith(state, facts.ids(), environment.lane().code(), loss.unaccepted());
        write(change);
        if (!inPieces && owesMarker) {
            mark();
        }
        unsettled = null;
        environment.rereading().done(partition);
        // Other tasks of the thread may be about to read: no transaction of ours may stay open meanwhile.
        context.commit();
        int standing = state.countStanding();
        // The first start of all finds nothing in any partition.
        LOG.atLevel(standing == 0 ? Level.DEBUG : Level.INFO)
                .addKeyValue("lane", environment.lane().name())
                .addKeyValue("partition", partition)
                .addKeyValue("reason", loss.reason())
                .addKeyValue("standing", standing)
                .addKeyValue("written", change.output().size())
                .log("translated anew");
        if (!loss.remade().isEmpty()) {
            environment
                    .lostInputs()
                    .text()
                    .ifPresent(text -> LOG.atWarn()
                            .addKeyValue("lane", environment.lane().name())
                            .addKeyValue("partition", partition)
                            .log(text));
        }
    }

    /** In one call, and the marker with it, unless the change is a very large one or comes after such a one. */
    private void write(Change change) {
        state.stage(change);
        meshes.addAll(change.meshes());
        change.failures().forEach(this::failed);
        owesMarker = true;
        if (inPieces) {
            return;
        }
        if (state.staged().isMoreThan(PIECE_ENTRIES, PIECE_BYTES)) {
            inPieces = true;
            progress.forget(state, loss.unaccepted());
            writePiece();
            return;
        }
        state.writeStaged(Integer.MAX_VALUE, Long.MAX_VALUE, output::write);
        if (change.output().isEmpty()) {
            progress.save(state, lane.isBehind());
        } else {
            mark();
        }
    }

    private void failed(String what) {
        environment.metrics().failure();
        LOG.atError()
                .addKeyValue("lane", environment.lane().name())
                .addKeyValue("what", what)
                .log("could not be translated, and keeps what it had");
    }

    /** If this process ends before the last piece, the next one reads inputs and outputs anew and writes the rest. */
    private void writePiece() {
        state.writeStaged(PIECE_ENTRIES, PIECE_BYTES, output::write);
        if (state.staged().isEmpty()) {
            inPieces = false;
            progress.saveMadeWith(state, facts.ids(), environment.lane().code(), loss.unaccepted());
            mark();
        }
        context.commit();
    }

    /** Where nothing was written the position goes on all the same, as the pace allows; whether it did. */
    private boolean markBare(long nowMs) {
        if (!owesMarker || inPieces || !bareMarkers.take(nowMs)) {
            return false;
        }
        mark();
        return true;
    }

    private void mark() {
        long sequence = progress.nextSequence();
        output.marker(lane.marker(new MarkerFacts(sequence, progress.newest(), progress.eventTimeMs(), meshes)));
        progress.save(state, lane.isBehind());
        meshes.clear();
        owesMarker = false;
    }
}
