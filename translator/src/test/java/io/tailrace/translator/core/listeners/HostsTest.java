package io.tailrace.translator.core.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {
    @ParameterizedTest
    @CsvSource({
        "*,                 *,                 *",
        "*,                 *.example.com,     *.example.com",
        "www.example.com,   *,                 www.example.com",
        "www.example.com,   www.example.com,   www.example.com",
        "www.example.com,   example.com,       ''",
        "*.example.com,     www.example.com,   www.example.com",
        "*.example.com,     a.b.example.com,   a.b.example.com",
        "*.example.com,     example.com,       ''",
        "*.example.com,     www.example.org,   ''",
        "*.example.com,     www.anexample.com, ''",
        "www.example.com,   *.example.com,     www.example.com",
        "*.example.com,     *.example.com,     *.example.com",
        "*.example.com,     *.com,             *.example.com",
        "*.com,             *.example.com,     *.example.com",
        "*.example.com,     *.example.org,     ''",
    })
    void aListenerAndARouteServeWhatBothServe(String listener, String route, String both) {
        List<String> expected = both.isEmpty() ? List.of() : List.of(both);

        assertThat(Hosts.intersect(listener, List.of(route))).isEqualTo(expected);
    }

    @Test
    void aRouteWithoutHostsServesTheListeners() {
        assertThat(Hosts.intersect("*.example.com", List.of())).containsExactly("*.example.com");
    }

    @Test
    void exactHostsComeBeforeLongWildcardsBeforeShortOnesBeforeAny() {
        Stream<String> hosts = Stream.of("*", "*.com", "a.com", "*.example.com");

        assertThat(hosts.sorted(Hosts.MOST_SPECIFIC_FIRST)).containsExactly("a.com", "*.example.com", "*.com", "*");
    }
}
