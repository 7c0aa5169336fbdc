package io.tailrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ServiceKey;
import org.junit.jupiter.api.Test;

/** The numbers come from a murmur2 that was written apart from Kafka's; a change of one scatters what is on the log. */
class PartitionsTest {
    @Test
    void aMeshHasOnePartition() {
        assertThat(Partitions.byMesh("default", 16)).isEqualTo(11);
        assertThat(Partitions.byMesh("staging", 16)).isEqualTo(15);
        assertThat(Partitions.of(new ConfigKey("staging", Kind.SECRET, "any", "any"), 16))
                .isEqualTo(15);
    }

    @Test
    void aServiceHasOnePartitionWhateverTheInstance() {
        assertThat(Partitions.byService(new ServiceKey("default", "default", "shop"), 48))
                .isEqualTo(22);
        assertThat(Partitions.of(new EndpointKey("default", "default", "shop", "dns", "a"), 48))
                .isEqualTo(22);
        assertThat(Partitions.of(new EndpointKey("default", "default", "shop", "file", "b"), 48))
                .isEqualTo(22);
    }

    @Test
    void whatIsHashedIsThePercentEncodedText() {
        // "default/payments/api%20v2"
        assertThat(Partitions.byService(new ServiceKey("default", "payments", "api v2"), 48))
                .isEqualTo(45);
    }
}
