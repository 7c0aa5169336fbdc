package io.tailrace.schemas.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.tailrace.schemas.v1.Metadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeterministicTest {
    // SHA-256 of "abc", as FIPS 180-2 gives it, begins like this.
    private static final String ABC = "ba7816bf8f01cfea";

    @Test
    void mapEntriesAreWrittenInTheOrderOfTheirKeysWhateverCameFirst() {
        long seed = Long.getLong("seed", 1L);
        for (long run = seed; run < seed + 50; run++) {
            List<Integer> order = shuffled(run);

            assertThat(Deterministic.serialize(labels(order)))
                    .as("-Dseed=%d", run)
                    .isEqualTo(Deterministic.serialize(labels(shuffled(0))));
            assertThat(Deterministic.pack(labels(order)))
                    .as("-Dseed=%d", run)
                    .isEqualTo(Deterministic.pack(labels(shuffled(0))));
        }
    }

    /** The hash was made by another JVM: it is the same on every one, with any seed of its hash tables. */
    @Test
    void anotherJvmGaveTheSameBytes() {
        assertThat(Deterministic.hash16(Deterministic.serialize(labels(shuffled(7)))))
                .isEqualTo("051b32035e958c72");
    }

    @Test
    void whatIsPackedIsTheMessage() throws InvalidProtocolBufferException {
        Cluster cluster = Cluster.newBuilder().setName("a").build();

        Any any = Deterministic.pack(cluster);

        assertThat(any.getTypeUrl()).isEqualTo("type.googleapis.com/envoy.config.cluster.v3.Cluster");
        assertThat(any.unpack(Cluster.class)).isEqualTo(cluster);
    }

    @Test
    void aPayloadThatAnotherPackedIsKeptAsItIs() {
        // Two map entries in falling order.
        ByteString falling = Metadata.newBuilder()
                .putLabels("b", "")
                .build()
                .toByteString()
                .concat(Metadata.newBuilder().putLabels("a", "").build().toByteString());
        Any any = Any.newBuilder()
                .setTypeUrl("x/tailrace.v1.Metadata")
                .setValue(falling)
                .build();

        assertThat(Deterministic.serialize(any)).isEqualTo(any.toByteString());
    }

    @Test
    void hashesAreTheBeginningOfSha256() {
        ByteString abc = ByteString.copyFromUtf8("abc");

        assertThat(Deterministic.hash16(abc)).isEqualTo(ABC);
        assertThat(Deterministic.hash8(abc)).isEqualTo(ABC.substring(0, 8));
        assertThat(Deterministic.hash64(abc)).isEqualTo(Long.parseUnsignedLong(ABC, 16));
        assertThat(Deterministic.hash16(ByteString.copyFromUtf8("a").concat(ByteString.copyFromUtf8("bc"))))
                .isEqualTo(ABC);
    }

    private static Metadata labels(List<Integer> order) {
        Metadata.Builder metadata = Metadata.newBuilder().setName("a");
        order.forEach(i -> metadata.putLabels("label-" + i, "value-" + i));
        return metadata.build();
    }

    private static List<Integer> shuffled(long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        return order;
    }
}
