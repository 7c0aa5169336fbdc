package io.tailrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every rule of XDS.md has a test that is named after it (`rule_04_...`, `rule_19_and_20_...`), on the state machine
 * (`*Test`) and over gRPC (`*IT`). What has none is listed here, and why.
 */
class RulesAreTestedTest {
    private static final int LAST = 29;
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Pattern TEST = Pattern.compile("void rule_(\\d\\d(?:_and_\\d\\d)*)_");

    private static final Pattern NUMBER = Pattern.compile("\\d\\d");

    private static final Map<Integer, String> NOT_PURE =
            Map.of(29, "a state machine has no end of its own: it is the server's streams that end");

    private static final Map<Integer, String> NOT_OVER_GRPC =
            Map.of(26, "a client can't see that bytes are shared: ResponseBytesTest looks at the server's own");

    @Test
    void everyRuleHasATestOnTheStateMachine() throws IOException {
        assertThat(rulesIn(name -> name.endsWith("Test.java"))).isEqualTo(allBut(NOT_PURE));
    }

    @Test
    void everyRuleHasATestOverGrpc() throws IOException {
        assertThat(rulesIn(name -> name.endsWith("IT.java"))).isEqualTo(allBut(NOT_OVER_GRPC));
    }

    private static Set<Integer> allBut(Map<Integer, String> exceptions) {
        Set<Integer> rules =
                new TreeSet<>(IntStream.rangeClosed(1, LAST).boxed().toList());
        rules.removeAll(exceptions.keySet());
        return rules;
    }

    private static Set<Integer> rulesIn(Predicate<String> file) throws IOException {
        Set<Integer> rules = new TreeSet<>();
        List<Path> sources;
        try (Stream<Path> all = Files.walk(SOURCES)) {
            sources =
                    all.filter(path -> file.test(path.getFileName().toString())).toList();
        }
        for (Path source : sources) {
            TEST.matcher(Files.readString(source))
                    .results()
                    .flatMap(test -> NUMBER.matcher(test.group()).results())
                    .forEach(number -> rules.add(Integer.valueOf(number.group())));
        }
        return rules;
    }
}
