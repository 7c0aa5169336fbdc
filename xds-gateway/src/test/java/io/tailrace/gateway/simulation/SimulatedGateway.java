package io.tailrace.gateway.simulation;

import io.tailrace.gateway.server.FirstAnswerLimits;
import io.tailrace.gateway.server.PureWorker;
import io.tailrace.gateway.simulation.SimulatedLog.Lane;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewChange;
import io.tailrace.gateway.view.ViewEdit;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A gateway: it reads the log as far as it likes, and hands each view to its workers, which take it when they like. */
final class SimulatedGateway {
    /** Few resources: streams wait for each other. */
    private static final FirstAnswerLimits FIRST_ANSWERS = new FirstAnswerLimits(200, 1_000);

    private final SimulatedLog log;
    private final Random random;
    private final List<PureWorker> workers = new ArrayList<>();
    private final List<SimulatedStream> streams = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private int[] at;
    private View view;

    /** "Is the view as new as the log is now?" It is asked when Kafka is there to be asked. */
    private static final class Question {
        final CompletableFuture<Void> answer = new CompletableFuture<>();
        int @Nullable [] ends;
    }

    /** Has read all of the log, as one that has just started. */
    SimulatedGateway(SimulatedLog log, Random random, long nowMs) {
        this.log = log;
        this.random = random;
        this.at = log.ends();
        this.view = log.read(at);
        AtomicLong nonces = new AtomicLong();
        for (int i = 0; i < 2; i++) {
            workers.add(new PureWorker(view, nonces, this::catchUp, FIRST_ANSWERS, nowMs));
        }
    }

    private CompletableFuture<Void> catchUp() {
        Question question = new Question();
        questions.add(question);
        answer();
        return question.answer;
    }

    private void answer() {
        for (Iterator<Question> all = questions.iterator(); all.hasNext() && log.isThere(); ) {
            Question question = all.next();
            int[] ends = question.ends == null ? log.ends() : question.ends;
            question.ends = ends;
            if (IntStream.range(0, ends.length).allMatch(lane -> at[lane] >= ends[lane])) {
                all.remove();
                question.answer.complete(null);
            }
        }
    }

    View view() {
        return view;
    }

    List<SimulatedStream> streams() {
        return streams;
    }

    SimulatedStream accept(Variant variant) {
        SimulatedStream stream = new SimulatedStream(variant, this, workers.get(random.nextInt(workers.size())));
        streams.add(stream);
        return stream;
    }

    /** Takes some records of one lane as one change; whether there were any. */
    boolean read() {
        if (!log.isThere()) {
            return false;
        }
        List<Integer> unread = IntStream.range(0, at.length)
                .filter(lane -> at[lane] < log.lanes().get(lane).end())
                .boxed()
                .toList();
        boolean read = !unread.isEmpty() && read(unread.get(random.nextInt(unread.size())));
        answer();
        return read;
    }

    private boolean read(int number) {
        Lane lane = log.lanes().get(number);
        for (int end = Math.min(at[number] + 1 + random.nextInt(2), lane.end()); end <= lane.end(); end++) {
            ViewEdit edit = view.edit();
            lane.read(edit, at[number], end);
            ViewStep step = edit.finish();
            if (lane.isWhole(step.view(), end)) {
                at[number] = end;
                publish(step);
                return true;
            }
        }
        return false;
    }

    boolean isBehind() {
        return !Arrays.equals(at, log.ends());
    }

    /** Reads all anew, as far as it had come. */
    void rebuild() {
        View fresh = log.read(at).numbered(view.number() + 1);
        publish(new ViewStep(fresh, ViewChange.between(view, fresh)));
    }

    private void publish(ViewStep step) {
        view = step.view();
        workers.forEach(worker -> worker.publish(step));
    }

    /** When something rings that isn't rung before; Long.MAX_VALUE: never. */
    long nextMs() {
        return LongStream.concat(
                        workers.stream().mapToLong(PureWorker::nextMs),
                        streams.stream().mapToLong(SimulatedStream::timerMs))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Time goes on; what has its moment rings. */
    void now(long ms) {
        workers.forEach(worker -> worker.now(ms));
        streams.forEach(stream -> stream.now(ms));
    }

    /** One task of one worker; whether there was one. */
    boolean work() {
        int first = random.nextInt(workers.size());
        return workers.get(first).runNext() || workers.get(1 - first).runNext();
    }

    /** Streams wait for their turn. */
    boolean keepsWaiting() {
        return workers.stream().anyMatch(worker -> worker.waiting() > 0);
    }

    boolean isEmpty() {
        return workers.stream().allMatch(PureWorker::isEmpty);
    }
}
