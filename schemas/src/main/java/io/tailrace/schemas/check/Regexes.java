package io.tailrace.schemas.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Regular expressions as Envoy reads them: RE2's. re2j has the same syntax, but not the limits of the C++ library: it
 * would build a million instructions for nested repetitions that Envoy refuses (re2/parse.cc, RepetitionWalker).
 */
final class Regexes {
    private static final int MAX_NESTED_REPEATS = 1000;
    private static final int MAX_PROGRAM = 2000;
    // One Unicode class is up to some 400 instructions over UTF-8, of the 170,000 that RE2's memory limit allows.
    private static final int MAX_PROGRAM_OF_CLASSES = 400;

    private Regexes() {}

    static void check(String field, String expression, Report report) {
        if (nestedRepeats(expression) > MAX_NESTED_REPEATS) {
            report.text(field, expression, "repetitions of at most " + MAX_NESTED_REPEATS + ", nested ones multiplied");
            return;
        }
        try {
            int size = Pattern.compile(expression).programSize();
            boolean classes = expression.contains("\\p") || expression.contains("\\P");
            int limit = classes ? MAX_PROGRAM_OF_CLASSES : MAX_PROGRAM;
            if (size > limit) {
                report.add(field, "an expression of " + size + " steps", "at most " + limit);
            }
        } catch (PatternSyntaxException e) {
            report.add(
                    field,
                    Report.quoted(expression),
                    "an RE2 expression",
                    e.getDescription() + (e.getPattern() == null ? "" : ": " + e.getPattern()));
        }
    }

    /** The greatest product of the counts of repetitions inside each other. Read loosely: re2j judges the syntax. */
    private static long nestedRepeats(String expression) {
        Deque<Long> outer = new ArrayDeque<>();
        long most = 1;
        long last = 1;
        int at = 0;
        while (at < expression.length()) {
            char c = expression.charAt(at);
            int end = at + 1;
            if (c == '\\') {
                end = Math.min(at + 2, expression.length());
                last = 1;
            } else if (c == '[') {
                end = endOfClass(expression, at);
                last = 1;
            } else if (c == '(') {
                outer.push(most);
                most = 1;
                last = 1;
            } else if (c == ')') {
                last = most;
                most = Math.max(most, outer.isEmpty() ? 1 : outer.pop());
            } else if (c == '{') {
                last = Math.min(last * count(expression, at), Integer.MAX_VALUE);
                most = Math.max(most, last);
            } else if (c != '}' && c != ',' && !Character.isDigit(c) && "*+?".indexOf(c) < 0) {
                last = 1;
            }
            at = end;
        }
        return most;
    }

    private static int endOfClass(String expression, int start) {
        // A ']' right after "[" or "[^" is a member.
        int at = start + (expression.startsWith("[^", start) ? 3 : 2);
        while (at < expression.length() && expression.charAt(at) != ']') {
            at += expression.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, expression.length());
    }

    // The larger number of {n}, {n,} or {n,m}; 1 for what is no repetition.
    private static long count(String expression, int brace) {
        int end = expression.indexOf('}', brace);
        String inside = end < 0 ? "" : expression.substring(brace + 1, end);
        if (!inside.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            return 1;
        }
        long count = 1;
        for (String number : inside.split(",", 0)) {
            count = Math.max(count, Long.parseLong(number));
        }
        return count;
    }
}
