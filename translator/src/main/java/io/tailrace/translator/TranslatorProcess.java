package io.tailrace.translator;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.schemas.process.Health;
import io.tailrace.translator.streams.Lanes;
import io.tailrace.translator.streams.RunningLane;
import io.tailrace.translator.streams.TranslatorSettings;
import java.util.Collection;
import java.util.List;

/** A translator: one lane or both, each an application of its own that scales out by itself. */
public final class TranslatorProcess implements AutoCloseable {
    private final List<RunningLane> lanes;

    private TranslatorProcess(List<RunningLane> lanes) {
        this.lanes = lanes;
    }

    /** Both lanes. */
    public static TranslatorProcess start(TranslatorSettings settings, MeterRegistry registry) {
        return start(settings, List.of(Lanes.values()), registry);
    }

    public static TranslatorProcess start(
            TranslatorSettings settings, Collection<Lanes> lanes, MeterRegistry registry) {
        TranslatorProcess process = new TranslatorProcess(lanes.stream()
                .distinct()
                .map(lane -> RunningLane.of(lane, settings, registry))
                .toList());
        process.lanes.forEach(RunningLane::start);
        return process;
    }

    /** Ready once every lane works, its stores restored. */
    public Health health() {
        return Health.all(lanes);
    }

    /** Ends after the change under way. */
    @Override
    public void close() {
        lanes.parallelStream().forEach(RunningLane::close);
    }
}
