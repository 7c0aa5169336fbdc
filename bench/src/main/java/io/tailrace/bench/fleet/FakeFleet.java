package io.tailrace.bench.fleet;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.tailrace.bench.process.Stamp;
import io.tailrace.bench.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * A process of fake clients. Takes the server's port and the workload as arguments, and then lines on its input, each of
 * which it answers with one:
 *
 * <ul>
 *   <li>`ready`: the responses that were acked, once every stream has every name; `complete`: when the last came to have it
 *   <li>`check` and the truth's hashes: the number of names that streams have otherwise
 *   <li>`received`: bytes of resources so far
 *   <li>`watch N`: from the stream N on, acks of editions are timed; `acked`: how many all have acked; `times`: takes these
 *       ({@link Stamp#line})
 *   <li>`stall N`, `resume N`: the first N connections read nothing; and go on
 *   <li>`lose`: the server is about to die; `again PORT forgetful` or `again PORT knowing`: all connect anew, and when that began
 * </ul>
 */
public final class FakeFleet {
    private final EventLoop loop;
    private final Fleet fleet;

    private FakeFleet(EventLoop loop, Fleet fleet) {
        this.loop = loop;
        this.fleet = fleet;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int port = Integer.parseInt(arguments[0]);
        Workload workload = Workload.parse(List.of(arguments).subList(1, arguments.length));
        try (var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            EventLoop loop = (EventLoop) group.next();
            Fleet fleet = new Fleet(loop, workload, FakeFleet::fail);
            fleet.connect(port, false);
            FakeFleet process = new FakeFleet(loop, fleet);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(process.answer(line.split(" ", -1)));
            }
            System.exit(0); // whatever the connections do now is no failure
        }
    }

    private Object answer(String[] words) throws InterruptedException, ExecutionException {
        return switch (words[0]) {
            case "ready" -> {
                awaitAll();
                yield onLoop(() -> sum(FakeStream::responses));
            }
            case "complete" -> {
                awaitAll();
                yield onLoop(() -> fleet.streams().stream()
                        .mapToLong(FakeStream::completeMicros)
                        .max()
                        .orElse(0));
            }
            case "check" -> {
                int[] truth =
                        Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
                yield onLoop(() -> sum(stream -> stream.wrong(truth)));
            }
            case "received" -> onLoop(fleet::resourceBytes);
            case "watch" -> done(() -> fleet.watch(Integer.parseInt(words[1])));
            case "acked" -> onLoop(() -> fleet.progress().done());
            case "times" -> Stamp.line(onLoop(() -> fleet.progress().take()));
            case "stall" -> done(() -> fleet.reading(Integer.parseInt(words[1]), false));
            case "resume" -> done(() -> fleet.reading(Integer.parseInt(words[1]), true));
            case "lose" -> done(fleet::abandon);
            case "again" -> {
                boolean knowing = words[2].equals("knowing");
                done(() -> fleet.streams().forEach(stream -> stream.restart(!knowing)));
                yield fleet.connect(Integer.parseInt(words[1]), knowing);
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private void awaitAll() throws InterruptedException, ExecutionException {
        while (!onLoop(() -> fleet.streams().stream().allMatch(FakeStream::complete))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private long sum(ToLongFunction<FakeStream> figure) {
        return fleet.streams().stream().mapToLong(figure).sum();
    }

    private String done(Runnable command) throws InterruptedException, ExecutionException {
        loop.submit(command).get();
        return "done";
    }

    private <T> T onLoop(Callable<T> question) throws InterruptedException, ExecutionException {
        return loop.submit(question).get();
    }

    private static void fail(String text) {
        System.err.println("fake client: " + text);
        System.exit(1);
    }
}
