package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;

/**
 * What can no longer be relied on when a task starts, by comparing what its output was made with to what is there.
 *
 * @param inputs the stores or an input are not what they were: the inputs are read anew, in silence
 * @param remade inputs that were made anew: what they say now comes on top of what the stores hold
 * @param outputs an output is not what it was, or nobody knows: what stands is read from the outputs
 * @param translation all of it is to be translated anew
 * @param unaccepted inputs that were made anew, now or earlier, of which more is in force than they say
 * @param reason for the log; empty: nothing is lost
 */
record Loss(
        boolean inputs,
        List<Topic> remade,
        boolean outputs,
        boolean translation,
        SortedSet<Topic> unaccepted,
        String reason) {
    private static final SortedSet<Topic> NO_TOPICS = Collections.emptySortedSet();

    static Loss of(Progress progress, boolean restored, LogFacts facts, LaneEnvironment environment) {
        LaneDefinition lane = environment.lane();
        SortedSet<Topic> unaccepted = progress.lostInputs();
        if (!restored) {
            boolean accepted = environment.lostInputs().areAccepted();
            return new Loss(
                    true,
                    List.of(),
                    true,
                    true,
                    accepted ? NO_TOPICS : unaccepted,
                    "the stores hold nothing or a part");
        }
        List<String> stores = LaneTopology.storeNames(lane).stream()
                .map(environment::changelog)
                .filter(topic -> progress.madeWith().containsKey(topic) && isAnother(topic, progress, facts))
                .toList();
        List<Topic> inputs = others(lane.inputs(), progress, facts, environment);
        List<Topic> outputs = others(lane.outputs(), progress, facts, environment);
        unaccepted.addAll(inputs);
        unaccepted.removeAll(lane.kept());
        String reason = "topics that are others now: " + stores + inputs + outputs;
        if (!stores.isEmpty() || (environment.lostInputs().areAccepted() && !unaccepted.isEmpty())) {
            boolean unknown = !stores.isEmpty() || !outputs.isEmpty();
            return new Loss(true, List.of(), unknown, true, NO_TOPICS, reason);
        }
        if (!inputs.isEmpty() || !outputs.isEmpty()) {
            return new Loss(false, inputs, !outputs.isEmpty(), true, unaccepted, reason);
        }
        boolean code = progress.madeByCode() != lane.code();
        return new Loss(
                false,
                List.of(),
                false,
                code || progress.wasBehind(),
                unaccepted,
                code ? "another code" : "more was taken in than was written");
    }

    private static List<Topic> others(
            List<Topic> topics, Progress progress, LogFacts facts, LaneEnvironment environment) {
        return topics.stream()
                .filter(topic -> isAnother(environment.name(topic), progress, facts))
                .toList();
    }

    private static boolean isAnother(String topic, Progress progress, LogFacts facts) {
        return !Objects.equals(progress.madeWith().get(topic), facts.ids().get(topic));
    }
}
