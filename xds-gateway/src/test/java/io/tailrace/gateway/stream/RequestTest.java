package io.tailrace.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a request says of how much may be owed for it. */
class RequestTest {
    private static Request sotw(String nonce, String version, String... names) {
        return new Request(null, "t", nonce, null, new Request.Sotw(version, List.of(names)));
    }

    private static Request delta(
            String nonce, List<String> subscribe, List<String> unsubscribe, Map<String, String> versions) {
        return new Request(null, "t", nonce, null, new Request.Delta(subscribe, unsubscribe, versions));
    }

    @Test
    void whatComesUnaskedAsksAndAnswersDoNot() {
        assertThat(sotw("", "").asks()).isTrue();
        assertThat(sotw("", "v", "a").asks()).isTrue();
        assertThat(sotw("n", "v", "a").asks()).isFalse();
        assertThat(delta("", List.of(), List.of(), Map.of()).asks()).isTrue();
        assertThat(delta("", List.of("a"), List.of("b"), Map.of()).asks()).isTrue();
        assertThat(delta("n", List.of("a"), List.of(), Map.of()).asks()).isTrue();
        assertThat(delta("", List.of(), List.of("a"), Map.of()).asks()).isFalse();
        assertThat(delta("n", List.of(), List.of(), Map.of()).asks()).isFalse();
    }

    @Test
    void whoShowsAsMuchAsItAsksForShowsAll() {
        assertThat(delta("", List.of("a", "b"), List.of(), Map.of("a", "1", "b", "1"))
                        .showsAll())
                .isTrue();
        assertThat(delta("", List.of(), List.of(), Map.of("a", "1")).showsAll()).isTrue();
        assertThat(delta("", List.of("a", "b"), List.of(), Map.of("a", "1")).showsAll())
                .isFalse();
        assertThat(delta("", List.of(), List.of(), Map.of()).showsAll()).isFalse();
        assertThat(sotw("", "v").showsAll()).isTrue();
        assertThat(sotw("", "").showsAll()).isFalse();
        assertThat(sotw("", "v", "a").showsAll())
                .as("a version of a part says nothing of it")
                .isFalse();
    }
}
