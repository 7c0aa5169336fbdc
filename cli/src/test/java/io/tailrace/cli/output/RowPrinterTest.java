package io.tailrace.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RowPrinterTest {
    private static final List<List<Map<String, Object>>> ANSWERS = List.of(
            List.of(),
            List.of(Map.of("name", "a")),
            List.of(
                    Map.of("name", "a: b", "changes", List.of(Map.of("field", "spec.x", "now", "1"))),
                    Map.of("name", "", "changes", List.of())));

    @Test
    void jsonIsAsIfAllHadBeenThereAtOnce() {
        for (List<Map<String, Object>> answer : ANSWERS) {
            assertThat(printed(JsonPrinter::new, answer)).isEqualTo(rows(answer).json() + "\n");
        }
    }

    @Test
    void yamlIsAsIfAllHadBeenThereAtOnce() {
        for (List<Map<String, Object>> answer : ANSWERS) {
            assertThat(printed(YamlPrinter::new, answer)).isEqualTo(rows(answer).yaml() + "\n");
        }
    }

    private static Rows rows(List<Map<String, Object>> answer) {
        Rows rows = new Rows();
        answer.forEach(rows::add);
        return rows;
    }

    private static String printed(Function<PrintWriter, RowPrinter> form, List<Map<String, Object>> answer) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        try (RowPrinter printer = form.apply(out)) {
            answer.forEach(printer::print);
        }
        out.flush();
        return text.toString();
    }
}
