package io.tailrace.cli.options;

/** How commands end, for scripts. */
public final class ExitCode {
    /** All that was asked for is done. */
    public static final int OK = 0;

    /** It could not be done: Kafka can't be reached, a port is taken, a process died. */
    public static final int FAILED = 1;

    /** The call or its input is wrong: an unknown option, an invalid object, a problem in the verdict. */
    public static final int INVALID = 2;

    /** It was published, but no verdict came in time. */
    public static final int NO_VERDICT = 3;

    /** Some Envoys have not acked it in time. */
    public static final int NOT_ACKED = 4;

    /** Some Envoys reject something of it, or of what came before. */
    public static final int REJECTED = 5;

    private ExitCode() {}
}
