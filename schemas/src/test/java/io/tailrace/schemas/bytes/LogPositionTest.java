package io.tailrace.schemas.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.topic.Topic;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPositionTest {
    @ParameterizedTest
    @ValueSource(strings = {"c877", "s3", "e3-10452", "c877.e3-10452", "c0.s3.e3-10452,e5-17", "s3.e0-0", "c877.s3"})
    void itsTextIsReadBack(String text) {
        assertThat(LogPosition.parse(text).text()).isEqualTo(text);
    }

    @Test
    void aNumberAloneIsARevision() {
        assertThat(LogPosition.parse("877")).isEqualTo(LogPosition.ofRevision(877));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "c", "-1", "c-1", ".s3", "c877.", "c877s3", "s3.c877", "e3", "e3-1,", "e3-1.e4-1", "x9"
            })
    void anythingElseIsNoPosition(String text) {
        assertThatThrownBy(() -> LogPosition.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofARecordItIsShownAsTheRevisionOrByTheTopicThatItLiesOn() {
        assertThat(LogPosition.ofRecord(Topic.CONFIG, 3, 877).shortText()).isEqualTo("877");
        assertThat(LogPosition.ofRecord(Topic.SECRETS, 3, 12).shortText()).isEqualTo("s12");
        assertThat(LogPosition.ofRecord(Topic.ENDPOINTS, 3, 10452).shortText()).isEqualTo("e3-10452");
        assertThatThrownBy(() -> LogPosition.ofRecord(Topic.STATUS, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofAViewItTakesThePartitionOfTheMeshAndAllOfEndpoints() {
        SortedMap<Integer, Long> endpoints = new TreeMap<>();
        endpoints.put(0, 4L);
        endpoints.put(7, 9L);

        LogPosition position = LogPosition.of(
                List.of(
                        position(Position.Input.CONFIG, 1, 877),
                        position(Position.Input.CONFIG, 2, 5),
                        position(Position.Input.SECRETS, 1, -1),
                        position(Position.Input.ENDPOINTS, 7, 9),
                        position(Position.Input.ENDPOINTS, 0, 4)),
                1);

        assertThat(position).isEqualTo(new LogPosition(OptionalLong.of(877), OptionalLong.empty(), endpoints));
        assertThat(position.text()).isEqualTo("c877.e0-4,e7-9");
    }

    private static Position position(Position.Input input, int partition, long offset) {
        return Position.newBuilder()
                .setInput(input)
                .setPartition(partition)
                .setOffset(offset)
                .build();
    }
}
