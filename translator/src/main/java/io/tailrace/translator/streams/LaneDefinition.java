package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.Lane;
import java.util.List;

/**
 * What makes one lane: a Streams application of its own, with a task for each partition of its inputs.
 *
 * @param name the application id without the prefix, and the prefix of all that is named in the topology
 * @param inputs partitioned alike
 * @param kept inputs whose loss doesn't empty what was read from them: their writer writes them again
 * @param outputs the first one takes the markers
 * @param stores the lane's own
 * @param code the number of the translation's code: another number translates anew
 * @param commitMs the longest time between commits while more comes than is taken in; when all is taken there is one at once
 */
record LaneDefinition(
        String name,
        List<Topic> inputs,
        List<Topic> kept,
        List<Topic> outputs,
        List<String> stores,
        int code,
        long commitMs,
        Lane.Factory factory) {
    LaneDefinition {
        inputs = List.copyOf(inputs);
        kept = List.copyOf(kept);
        outputs = List.copyOf(outputs);
        stores = List.copyOf(stores);
    }

    /** The same lane, as another version of the code has it. */
    LaneDefinition withCode(int number) {
        return new LaneDefinition(name, inputs, kept, outputs, stores, number, commitMs, factory);
    }

    Topic markers() {
        return outputs.getFirst();
    }
}
