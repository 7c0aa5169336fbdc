package io.tailrace.cli.process;

import picocli.CommandLine.Option;

/** What a command that runs the translator is to do about inputs that were made anew. */
public final class LostInputsOption {
    @Option(
            names = "--accept-lost-inputs",
            description = {
                "Follow an input topic that was made anew to the letter: what it doesn't say goes.",
                "Without this, what had come from the lost topic stays in force."
            })
    private boolean accepts;

    /** What no input says goes; without it, that stays in force. */
    public boolean accepts() {
        return accepts;
    }
}
