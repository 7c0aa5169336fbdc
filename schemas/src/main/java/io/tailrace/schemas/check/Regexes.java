package io.tailrace.schemas.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions as Envoy reads them: RE2's, over bytes (Latin-1), of at most 100 instructions, which is where its
 * default {@code re2.max_program_size.error_level} rejects (seen on Envoy 1.40). re2j has the syntax, not these limits.
 */
final class Regexes {
    private static final int MAX_PROGRAM = 100;
    // What the C++ library counts and re2j doesn't, over random expressions at most.
    private static final int OVERHEAD = 2;
    private static final long MAX_NESTED_REPEATS = 1000;
    private static final java.util.regex.Pattern WIDE = java.util.regex.Pattern.compile("\\\\x\\{0*[0-9a-fA-F]{3,}");

    private Regexes() {}

    static void check(String field, String expression, Report report) {
        if (expression.chars().anyMatch(c -> c > 0x7f)) {
            report.add(
                    field,
                    Report.quoted(expression),
                    "ASCII, since Envoy matches bytes",
                    "Write another character as the bytes of its UTF-8 form, like \\xC3\\xA9");
            return;
        }
        if (WIDE.matcher(expression).find()) {
            report.text(field, expression, "characters up to \\x{FF}, since Envoy matches bytes");
            return;
        }
        RegexScan scan = RegexScan.of(expression);
        // re2j walks its tree by recursion.
        if (scan.depth() > MAX_PROGRAM) {
            report.add(field, scan.depth() + " groups inside each other", "at most " + MAX_PROGRAM);
            return;
        }
        if (scan.nestedRepeats() > MAX_NESTED_REPEATS) {
            report.text(field, expression, "repetitions of at most " + MAX_NESTED_REPEATS + ", nested ones multiplied");
            return;
        }
        try {
            // Compiled for its syntax first, so that a message never speaks of the expanded form.
            Pattern.compile(expression);
            int size = Pattern.compile(scan.expanded()).programSize() + OVERHEAD;
            if (size > MAX_PROGRAM) {
                report.add(
                        field,
                        "an expression of " + size + " instructions",
                        "at most " + MAX_PROGRAM + ", which is Envoy's limit",
                        "A character takes one, a class one for each of its ranges, and {n} takes its part n times");
            }
        } catch (PatternSyntaxException e) {
            report.add(
                    field,
                    Report.quoted(expression),
                    "an RE2 expression",
                    e.getDescription() + (e.getPattern() == null ? "" : ": " + e.getPattern()));
        }
    }
}
