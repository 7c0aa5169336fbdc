package io.tailrace.bench.trial;

import io.tailrace.bench.figure.Figure;
import java.io.IOException;
import java.util.List;

/** Something that is measured once in each round, by itself, and gives figures of its own. */
public interface Trial {
    /** What it is, for who watches. */
    String text();

    /** Throws {@link io.tailrace.bench.process.BenchFailedException} if it doesn't count: a client hasn't the truth, say. */
    List<Figure> run(Lab lab) throws IOException, InterruptedException;
}
