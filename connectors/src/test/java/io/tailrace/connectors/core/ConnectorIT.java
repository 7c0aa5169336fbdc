package io.tailrace.connectors.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.connectors.testing.TestLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectorIT {
    private final TestLog log = TestLog.create();
    private final HandSource source = new HandSource();
    private final Connector connector = new Connector(
            source,
            new ConnectorSettings(log.kafka(), log.topics(), "ann", false),
            InstantSource.system(),
            new SimpleMeterRegistry());

    @Test
    void aSourceThatFailsEndsItsConnector() throws Exception {
        connector.start();
        IllegalStateException defect = new IllegalStateException("a defect");

        source.taker().failed(defect);

        assertThat(connector.exit().get(20, TimeUnit.SECONDS)).isEqualTo(new Exit.Failed(defect));
        assertThat(connector.notLive())
                .hasValueSatisfying(why -> assertThat(why).contains("a defect"));
        assertThat(source.closed).isTrue();
    }

    @Test
    void aConnectorIsReadyOnceTheSourcesFirstStateIsOnTheLog() throws Exception {
        connector.start();
        assertThat(connector.notReady()).isPresent();

        source.taker().desired(Snapshot.EMPTY);

        await().atMost(Duration.ofSeconds(20)).until(() -> connector.notReady().isEmpty());
        connector.close();
        assertThat(connector.exit().get(20, TimeUnit.SECONDS)).isEqualTo(new Exit.Closed());
        assertThat(connector.notLive()).isEmpty();
    }

    @Test
    void aConnectorThatWasNeverStartedClosesItsSource() {
        connector.close();

        assertThat(source.closed).isTrue();
    }

    private static final class HandSource implements Source {
        private final AtomicReference<@Nullable Taker> taker = new AtomicReference<>();
        private volatile boolean closed;

        Taker taker() {
            Taker started = taker.get();
            if (started == null) {
                throw new IllegalStateException("not started");
            }
            return started;
        }

        @Override
        public String name() {
            return "hand";
        }

        @Override
        public void start(Taker to) {
            taker.set(to);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
