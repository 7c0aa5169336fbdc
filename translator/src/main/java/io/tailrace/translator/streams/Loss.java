package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import java.util.List;
import java.util.Objects;

/**
 * What can no longer be relied on when a task starts, by comparing what its output was made with to what is there.
 *
 * @param inputs the stores or an input are not what they were: the inputs are read anew, in silence
 * @param rewound inputs that are read from their start again, as events
 * @param outputs an output is not what it was, or nobody knows: what stands is read from the outputs
 * @param translation all of it is to be translated anew
 * @param reason for the log; empty: nothing is lost
 */
record Loss(boolean inputs, List<Topic> rewound, boolean outputs, boolean translation, String reason) {
    private static final Loss NONE = new Loss(false, List.of(), false, false, "");

    static Loss of(Progress progress, boolean restored, LogFacts facts, LaneEnvironment environment) {
        LaneDefinition lane = environment.lane();
        if (!restored) {
            return new Loss(true, List.of(), true, true, "the stores are empty");
        }
        List<String> stores = LaneTopology.storeNames(lane).stream()
                .map(environment::changelog)
                .filter(topic -> progress.madeWith().containsKey(topic) && isAnother(topic, progress, facts))
                .toList();
        List<Topic> inputs = others(lane.inputs(), progress, facts, environment);
        List<Topic> outputs = others(lane.outputs(), progress, facts, environment);
        boolean code = progress.madeByCode() != lane.code();
        if (stores.isEmpty() && inputs.isEmpty() && outputs.isEmpty() && !code) {
            return progress.wasBehind()
                    ? new Loss(false, List.of(), false, true, "more was taken in than was written")
                    : NONE;
        }
        String reason = "topics that are others now: " + stores + inputs + outputs + ", another code: " + code;
        if (!stores.isEmpty() || !lane.kept().containsAll(inputs)) {
            return new Loss(true, List.of(), !stores.isEmpty() || !outputs.isEmpty(), true, reason);
        }
        return new Loss(false, inputs, !outputs.isEmpty(), true, reason);
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
