package io.tailrace.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.tailrace.bench.wire.RequestWriter;
import io.tailrace.bench.workload.Asking;
import io.tailrace.bench.workload.Catalog;
import io.tailrace.bench.workload.Content;
import io.tailrace.bench.workload.Edition;
import io.tailrace.bench.workload.Names;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that lacks an update, or got other bytes, is found by the comparison in the end. */
class FakeStreamTest {
    private final Workload workload =
            new Workload(Variant.DELTA, 1, 1, new Content(2, 2, 10_000), new Asking(2, false));
    private final Catalog catalog = new Catalog(workload.content());
    private final List<ByteBuf> acks = new ArrayList<>();
    private final FakeStream stream = new FakeStream(FakeStream.Clients.of(workload), 0);

    private void send(Edition... editions) {
        DeltaDiscoveryResponse.Builder response =
                DeltaDiscoveryResponse.newBuilder().setTypeUrl(Types.ASSIGNMENT).setNonce("1");
        for (Edition edition : editions) {
            response.addResources(Resource.newBuilder()
                    .setName(Names.of(edition.name()))
                    .setVersion("v" + edition.number())
                    .setResource(Any.newBuilder().setTypeUrl(Types.ASSIGNMENT).setValue(edition.bytes())));
        }
        stream.read(RequestWriter.framed(response.build().toByteArray()), UnpooledByteBufAllocator.DEFAULT, acks::add);
    }

    @Test
    void itIsCompleteOnceItHasEveryName() {
        send(catalog.current().getFirst());
        assertThat(stream.complete()).isFalse();

        send(catalog.current().getLast());
        assertThat(stream.complete()).isTrue();
        assertThat(acks).hasSize(2);
        assertThat(stream.responses()).isEqualTo(2);
    }

    @Test
    void whoHasEveryUpdateHasTheTruth() {
        send(catalog.current().toArray(Edition[]::new));

        send(catalog.next());

        assertThat(stream.wrong(catalog.hashes())).isZero();
    }

    @Test
    void whoMissedAnUpdateIsWrong() {
        send(catalog.current().toArray(Edition[]::new));

        catalog.next();

        assertThat(stream.wrong(catalog.hashes())).isEqualTo(1);
    }

    @Test
    void whoWasNeverToldIsWrong() {
        assertThat(stream.wrong(catalog.hashes())).isEqualTo(2);
    }
}
