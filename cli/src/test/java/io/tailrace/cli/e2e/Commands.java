package io.tailrace.cli.e2e;

import java.util.ArrayList;
import java.util.List;

/** Commands on the log of one cluster, in this JVM. */
record Commands(String kafka) {
    /** Runs one with the cluster's address. */
    CommandAnswer run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", kafka));
        return CommandAnswer.of(all.toArray(String[]::new));
    }
}
