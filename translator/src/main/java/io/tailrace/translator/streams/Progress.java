package io.tailrace.translator.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.log.v1.TaskState;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.translator.lane.Place;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a task is: what it has read of its inputs, its markers' sequence, and which topics that was. It lies in a store
 * of its own, so that it is as new as what was made of it, whatever becomes of the consumer group's offsets.
 */
final class Progress {
    private static final String TOPICS_KEY = "topics";
    private static final String PROGRESS_KEY = "progress";

    private final Topics topics;
    private final List<Topic> inputs;
    private final Map<Topic, Long> next = new EnumMap<>(Topic.class);
    private TaskState made = TaskState.getDefaultInstance();
    private long sequence;
    private long eventTimeMs;
    private boolean behind;

    Progress(Topics topics, List<Topic> inputs) {
        this.topics = topics;
        this.inputs = List.copyOf(inputs);
    }

    /** Takes in what the store holds; false: nothing. */
    boolean restore(StoredState state) {
        TaskState topicsPart = parse(state.get(StoredState.TASK, TOPICS_KEY));
        TaskState progressPart = parse(state.get(StoredState.TASK, PROGRESS_KEY));
        made = topicsPart == null ? made : topicsPart;
        if (made.getTopicIdsMap().isEmpty() || progressPart == null) {
            return false;
        }
        sequence = progressPart.getMarkerSequence();
        eventTimeMs = progressPart.getEventTimeMs();
        behind = progressPart.getBehind();
        for (Topic input : inputs) {
            next.put(input, progressPart.getNextOffsetsOrDefault(topics.name(input), 0));
        }
        return true;
    }

    /** The ids of the topics, changelogs too, that the output was made with. */
    Map<String, String> madeWith() {
        return made.getTopicIdsMap();
    }

    /** Inputs that were made anew, of which more is in force than they say. */
    SortedSet<Topic> lostInputs() {
        return made.getLostInputsList().stream()
                .flatMap(topic -> topics.topic(topic).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    int madeByCode() {
        return made.getCode();
    }

    /** Whether what was restored had taken in more than it had written. */
    boolean wasBehind() {
        return behind;
    }

    boolean hasPassed(Place place) {
        return place.offset() < next.getOrDefault(place.topic(), 0L);
    }

    void pass(Place place) {
        next.put(place.topic(), place.offset() + 1);
        eventTimeMs = Math.max(eventTimeMs, place.appendedMs());
    }

    void continueAt(Topic input, long offset) {
        next.put(input, offset);
    }

    /** Goes on above a marker that stands. */
    void continueAbove(long standingSequence, long standingEventTimeMs) {
        sequence = Math.max(sequence, standingSequence);
        eventTimeMs = Math.max(eventTimeMs, standingEventTimeMs);
    }

    long nextSequence() {
        return ++sequence;
    }

    long eventTimeMs() {
        return eventTimeMs;
    }

    /** By input the newest offset that was read; -1: none. */
    Map<Topic, Long> newest() {
        Map<Topic, Long> newest = new EnumMap<>(Topic.class);
        inputs.forEach(input -> newest.put(input, next.getOrDefault(input, 0L) - 1));
        return newest;
    }

    /** @param isBehind whether the output isn't all that was taken in: who goes on from here must translate anew */
    void save(StoredState state, boolean isBehind) {
        TaskState.Builder part = TaskState.newBuilder()
                .setMarkerSequence(sequence)
                .setEventTimeMs(eventTimeMs)
                .setBehind(isBehind);
        next.forEach((input, offset) -> part.putNextOffsets(topics.name(input), offset));
        state.put(StoredState.TASK, PROGRESS_KEY, part.build().toByteArray());
    }

    void saveMadeWith(StoredState state, Map<String, String> topicIds, int code, SortedSet<Topic> lostInputs) {
        made = TaskState.newBuilder()
                .putAllTopicIds(topicIds)
                .setCode(code)
                .addAllLostInputs(lostInputs.stream().map(topics::name).toList())
                .build();
        state.put(StoredState.TASK, TOPICS_KEY, made.toByteArray());
    }

    /**
     * From here on a restart knows nothing but which inputs are lost: the stores hold part of a change, until
     * {@link #saveMadeWith}.
     */
    void forget(StoredState state, SortedSet<Topic> lostInputs) {
        saveMadeWith(state, Map.of(), 0, lostInputs);
    }

    private static @Nullable TaskState parse(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : TaskState.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a changelog of the translator holds what it never wrote", e);
        }
    }
}
