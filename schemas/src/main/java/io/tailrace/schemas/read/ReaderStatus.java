package io.tailrace.schemas.read;

import io.tailrace.schemas.process.Health;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What a reader says of itself, to health checks and, once for each change, to the log. Written by the reader's thread. */
final class ReaderStatus implements Health {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    private final String name;
    private final InstantSource clock;

    private volatile Optional<String> death = Optional.empty();
    private volatile Optional<Outage> outage = Optional.empty();
    private volatile String starting = "it hasn't started";
    private volatile boolean everWhole;
    private volatile @Nullable ReadProgress progress;

    // Of the reader's thread.
    private String saidReason = "";
    private Instant saidAt = Instant.EPOCH;

    ReaderStatus(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    /** Nothing can be read now. The same reason again is no news. */
    void waiting(String reason) {
        progress = null;
        starting = reason;
        if (outage.isEmpty() || !outage.get().reason().equals(reason)) {
            Instant since = outage.map(Outage::since).orElseGet(clock::instant);
            outage = Optional.of(new Outage(since, reason));
            sayWaiting(reason);
        }
    }

    /** What fails right after each reading that caught up (nothing was there to be denied) is said once a minute. */
    private void sayWaiting(String reason) {
        Instant now = clock.instant();
        if (!reason.equals(saidReason) || saidAt.plusSeconds(60).isBefore(now)) {
            saidReason = reason;
            saidAt = now;
            log(Level.WARN, "reader waits", reason);
        }
    }

    void reading(ReadProgress now) {
        progress = now;
    }

    void doubts(String reason) {
        log(Level.WARN, "reader reads anew", reason);
    }

    void whole(ReadProgress now) {
        progress = null;
        everWhole = true;
        outage = Optional.empty();
        LOG.atInfo()
                .addKeyValue("reader", name)
                .addKeyValue("records", now.records())
                .addKeyValue("bytes", now.bytes())
                .log("reader has caught up");
    }

    /** Kafka answers, after {@link #waiting}. */
    void answers() {
        if (everWhole && outage.isPresent()) {
            outage = Optional.empty();
            LOG.atInfo().addKeyValue("reader", name).log("reader goes on");
        }
    }

    void died(Throwable cause) {
        death = Optional.of("the reader " + name + " has ended: " + cause);
        LOG.atError().addKeyValue("reader", name).setCause(cause).log("reader has ended");
    }

    Optional<Outage> outage() {
        return outage;
    }

    @Override
    public Optional<String> notLive() {
        return death;
    }

    @Override
    public Optional<String> notReady() {
        if (death.isPresent() || everWhole) {
            return death;
        }
        ReadProgress now = progress;
        return Optional.of("the reader " + name + " isn't whole: "
                + (now == null ? starting : "it has read " + (int) (100 * now.fraction()) + " % of the log"));
    }

    private void log(Level level, String message, String reason) {
        LOG.atLevel(level)
                .addKeyValue("reader", name)
                .addKeyValue("reason", reason)
                .log(message);
    }
}
