package io.tailrace.connectors.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private static final ObjectKey KEY = new ConfigKey("default", Kind.SERVICE, "default", "a");

    private final Holdings holdings = new Holdings();

    @Test
    void theNewestRecordSaysWhoseAnObjectIs() {
        holdings.readOwn(KEY, at(0), 1);
        holdings.readOther(KEY, at(1));
        assertThat(holdings.own()).isEmpty();

        holdings.readOwn(KEY, at(2), 3);
        assertThat(holdings.own()).containsEntry(KEY, 3L);
    }

    @Test
    void anOwnWriteCountsBeforeTheReaderComesToIt() {
        holdings.wrote(KEY, at(5), 9);
        assertThat(holdings.own()).containsEntry(KEY, 9L);
    }

    @Test
    void theReaderComingToOlderRecordsDoesNotUndoAnOwnWrite() {
        holdings.wrote(KEY, at(5), 9);
        holdings.readOwn(KEY, at(3), 1);
        holdings.readOther(KEY, at(4));
        assertThat(holdings.own()).containsEntry(KEY, 9L);
    }

    @Test
    void theReaderComingToOlderRecordsDoesNotUndoAnOwnRemoval() {
        holdings.removed(KEY, at(5));
        holdings.readOwn(KEY, at(3), 1);
        assertThat(holdings.own()).isEmpty();
    }

    @Test
    void anOwnWriteThatTheReaderHasPassedChangesNothing() {
        holdings.readOwn(KEY, at(5), 9);
        holdings.readOther(KEY, at(6));
        holdings.wrote(KEY, at(5), 9);
        assertThat(holdings.own()).isEmpty();
    }

    private static Place at(long offset) {
        return Place.at("config", 0, offset);
    }
}
