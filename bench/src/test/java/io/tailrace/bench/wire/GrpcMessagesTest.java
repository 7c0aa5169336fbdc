package io.tailrace.bench.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrpcMessagesTest {
    private static final List<String> TEXTS = List.of("first", "", "the third");

    private static ByteBuf stream() {
        ByteBuf all = Unpooled.buffer();
        for (String text : TEXTS) {
            all.writeByte(0).writeInt(text.length()).writeBytes(text.getBytes(UTF_8));
        }
        return all;
    }

    @Test
    void whereverDataIsCutTheMessagesAreTheSame() {
        ByteBuf all = stream();
        for (int one = 0; one <= all.readableBytes(); one++) {
            for (int two = one; two <= all.readableBytes(); two++) {
                List<String> got = new ArrayList<>();
                GrpcMessages messages = new GrpcMessages();
                messages.read(all.copy(0, one), message -> got.add(message.toString(UTF_8)));
                messages.read(all.copy(one, two - one), message -> got.add(message.toString(UTF_8)));
                messages.read(all.copy(two, all.readableBytes() - two), message -> got.add(message.toString(UTF_8)));

                assertThat(got).as("cut at %d and %d", one, two).isEqualTo(TEXTS);
            }
        }
    }

    @Test
    void aMessageLongerThanABufferIsPutTogether() {
        byte[] text = "x".repeat(100_000).getBytes(UTF_8);
        ByteBuf all = Unpooled.buffer().writeByte(0).writeInt(text.length).writeBytes(text);
        List<Integer> lengths = new ArrayList<>();
        GrpcMessages messages = new GrpcMessages();

        while (all.isReadable()) {
            messages.read(
                    all.readBytes(Math.min(16_384, all.readableBytes())),
                    message -> lengths.add(message.readableBytes()));
        }

        assertThat(lengths).containsExactly(text.length);
    }
}
