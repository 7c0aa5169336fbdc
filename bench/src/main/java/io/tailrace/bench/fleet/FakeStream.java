package io.tailrace.bench.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tailrace.bench.process.WallClock;
import io.tailrace.bench.wire.GrpcMessages;
import io.tailrace.bench.wire.RequestWriter;
import io.tailrace.bench.wire.ResponseReader;
import io.tailrace.bench.workload.Workload;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client: what it has of each name, and an ack for each response. Belongs to the event loop. */
final class FakeStream {
    private final Clients clients;
    private final int[] names;
    private final int[] hashes;
    private final int[] editions;
    private final boolean[] had;
    private GrpcMessages messages = new GrpcMessages();
    private int missing;
    private long responses;
    private long completeMicros;
    private @Nullable Progress progress;

    /** What all clients of a process have in common. */
    record Clients(Workload workload, ResponseReader reader, RequestWriter writer, Versions versions) {
        static Clients of(Workload workload) {
            return new Clients(
                    workload,
                    new ResponseReader(workload.variant()),
                    new RequestWriter(workload),
                    new Versions(workload.names()));
        }
    }

    FakeStream(Clients clients, int number) {
        this.clients = clients;
        names = clients.workload().namesOf(number);
        int all = clients.workload().names();
        hashes = new int[all];
        editions = new int[all];
        had = new boolean[all];
        missing = names.length;
    }

    /** The names that it asks for, ascending. */
    int[] names() {
        return names;
    }

    void read(ByteBuf data, ByteBufAllocator alloc, Consumer<ByteBuf> send) {
        messages.read(data, response -> {
            ResponseReader reader = clients.reader();
            reader.read(response, (name, edition, hash) -> {
                had(name, edition, hash);
                if (clients.workload().delta()) {
                    clients.versions().saw(name, hash, () -> reader.resourceVersion(response));
                }
            });
            responses++;
            send.accept(clients.writer().ack(alloc, reader, response));
        });
    }

    private void had(int name, int edition, int hash) {
        if (progress != null && edition > editions[name]) {
            progress.acked(name, editions[name], edition);
        }
        hashes[name] = hash;
        editions[name] = edition;
        if (!had[name]) {
            had[name] = true;
            missing--;
            completeMicros = missing == 0 ? WallClock.micros() : 0;
        }
    }

    /** From now on its acks are counted there. */
    void watch(Progress counts) {
        progress = counts;
    }

    /** Its stream is gone; another one begins. `all`: what it had is forgotten too. */
    void restart(boolean all) {
        messages = new GrpcMessages();
        if (all) {
            Arrays.fill(had, false);
            missing = names.length;
        }
    }

    /** It has been told something of every name. */
    boolean complete() {
        return missing == 0;
    }

    /** When it came to be so, in microseconds since 1970. */
    long completeMicros() {
        return completeMicros;
    }

    /** So many were read and acked. */
    long responses() {
        return responses;
    }

    /** Names that it has otherwise than the truth, or without having asked for them. */
    int wrong(int[] truth) {
        int wrong = 0;
        int next = 0;
        for (int i = 0; i < hashes.length; i++) {
            boolean wanted = next < names.length && names[next] == i;
            if (wanted) {
                next++;
            }
            if (had[i] != wanted || (wanted && hashes[i] != truth[i])) {
                wrong++;
            }
        }
        return wrong;
    }
}
