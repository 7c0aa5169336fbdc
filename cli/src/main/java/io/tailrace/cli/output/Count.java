package io.tailrace.cli.output;

/** A number of things, as it is said. */
public final class Count {
    private Count() {}

    /** "1 problem", "2 problems"; for nouns that take an s. */
    public static String text(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
