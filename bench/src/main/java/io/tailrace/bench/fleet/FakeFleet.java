package io.tailrace.bench.fleet;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.tailrace.bench.wire.RequestWriter;
import io.tailrace.bench.wire.ResponseReader;
import io.tailrace.bench.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A process of fake clients. Takes the server's port and the workload as arguments, and then lines on its input: `ready`
 * is answered with the responses that were acked, once every stream has every name; `check` and the truth's hashes with the
 * number of names that streams have otherwise.
 */
public final class FakeFleet {
    private final List<FakeStream> streams = new ArrayList<>();
    private final EventLoop loop;

    private FakeFleet(EventLoop loop) {
        this.loop = loop;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int port = Integer.parseInt(arguments[0]);
        Workload workload = Workload.parse(List.of(arguments).subList(1, arguments.length));
        try (var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            FakeFleet fleet = new FakeFleet((EventLoop) group.next());
            fleet.connect(port, workload);
            fleet.answer(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
            System.exit(0); // whatever the connections do now is no failure
        }
    }

    private void connect(int port, Workload workload) throws InterruptedException {
        ResponseReader reader = new ResponseReader(workload.variant());
        RequestWriter writer = new RequestWriter(workload);
        for (int i = 0; i < workload.streams(); i++) {
            streams.add(new FakeStream(workload.names(), reader, writer));
        }
        int connections = Math.min(workload.connections(), Math.max(1, workload.streams()));
        for (int i = 0; i < connections; i++) {
            int from = (int) ((long) i * workload.streams() / connections);
            int to = (int) ((long) (i + 1) * workload.streams() / connections);
            FleetConnection connection = new FleetConnection(workload.delta(), writer, FakeFleet::fail);
            Channel channel = connect(port, connection);
            loop.submit(() -> {
                        connection.open(
                                channel.pipeline().context(connection.handler()), streams.subList(from, to), from);
                        return null;
                    })
                    .sync();
        }
    }

    private Channel connect(int port, FleetConnection connection) throws InterruptedException {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(connection.handler(), connection.tail());
                    }
                })
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sync()
                .channel();
    }

    private void answer(BufferedReader in) throws IOException, InterruptedException, ExecutionException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("ready")) {
                while (!loop.submit(() -> streams.stream().allMatch(FakeStream::complete))
                        .get()) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                say(loop.submit(() -> streams.stream()
                                .mapToLong(FakeStream::responses)
                                .sum())
                        .get());
            } else if (line.startsWith("check ")) {
                int[] truth = Arrays.stream(line.substring("check ".length()).split(" ", -1))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                say(loop.submit(() -> streams.stream()
                                .mapToLong(stream -> stream.wrong(truth))
                                .sum())
                        .get());
            }
        }
    }

    private static void say(long number) {
        System.out.println(number);
    }

    private static void fail(String text) {
        System.err.println("fake client: " + text);
        System.exit(1);
    }
}
