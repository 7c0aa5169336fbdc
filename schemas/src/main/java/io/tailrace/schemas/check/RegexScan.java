package io.tailrace.schemas.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What re2j doesn't tell of an expression: how deep its repetitions multiply (RE2 refuses more than 1000, re2j would
 * build a million instructions), and a form in which a class weighs what it does in the C++ library, one instruction for
 * each range of bytes. Reads loosely: re2j judges the syntax.
 */
final class RegexScan {
    private static final int BYTES = 256;
    // Stand for classes; no expression that is checked has them.
    private static final char FIRST_STAND_IN = '\ue000';

    private final String expression;
    private final StringBuilder expanded = new StringBuilder();
    private final Map<String, String> standIns = new HashMap<>();
    private final Deque<Long> outer = new ArrayDeque<>();
    // The greatest product of counts inside the open group, and that of the last thing in it.
    private long most = 1;
    private long last = 1;
    private int depth;

    private RegexScan(String expression) {
        this.expression = expression;
    }

    static RegexScan of(String expression) {
        RegexScan scan = new RegexScan(expression);
        int at = 0;
        while (at < expression.length()) {
            at = scan.next(at);
        }
        return scan;
    }

    /** The greatest product of the counts of repetitions inside each other. */
    long nestedRepeats() {
        return most;
    }

    /** How many groups lie inside each other at most. */
    int depth() {
        return depth;
    }

    /** The expression with a literal of n characters for each class of n ranges. */
    String expanded() {
        return expanded.toString();
    }

    // Takes one element and returns where the next begins.
    private int next(int at) {
        char c = expression.charAt(at);
        int end = at + 1;
        if (c == '\\') {
            return escape(at);
        }
        if (c == '[' || c == '.') {
            end = c == '.' ? end : endOfClass(at);
            classAt(at, end);
            return end;
        }
        if (c == '(') {
            outer.push(most);
            depth = Math.max(depth, outer.size());
            most = 1;
            last = 1;
        } else if (c == ')') {
            last = most;
            most = Math.max(most, outer.isEmpty() ? 1 : outer.pop());
        } else if (c == '{') {
            last = Math.min(last * count(at), Integer.MAX_VALUE);
            most = Math.max(most, last);
        } else if (c != '}' && c != ',' && !Character.isDigit(c) && "*+?".indexOf(c) < 0) {
            last = 1;
        }
        expanded.append(c);
        return end;
    }

    private int escape(int at) {
        last = 1;
        char c = at + 1 < expression.length() ? expression.charAt(at + 1) : ' ';
        int end = Math.min(at + 2, expression.length());
        if (c == 'Q') {
            int close = expression.indexOf("\\E", at);
            end = close < 0 ? expression.length() : close + 2;
        } else if (c == 'p' || c == 'P') {
            int close = expression.indexOf('}', at);
            end = expression.startsWith("{", end) && close > 0 ? close + 1 : Math.min(end + 1, expression.length());
        }
        if ("dDsSwWpP".indexOf(c) >= 0) {
            classAt(at, end);
        } else {
            expanded.append(expression, at, end);
        }
        return end;
    }

    private void classAt(int at, int end) {
        last = 1;
        String text = expression.substring(at, end);
        expanded.append(standIns.computeIfAbsent(
                text,
                ignored -> "(?:"
                        + String.valueOf((char) (FIRST_STAND_IN + standIns.size()))
                                .repeat(ranges(text)) + ")"));
    }

    // Whatever the flags, which may change inside the expression.
    private static int ranges(String text) {
        return Math.max(Math.max(ranges("", text), ranges("(?i)", text)), text.equals(".") ? 2 : 1);
    }

    private static int ranges(String flags, String text) {
        try {
            Pattern pattern = Pattern.compile(flags + text);
            int ranges = 0;
            boolean inside = false;
            for (int value = 0; value < BYTES; value++) {
                boolean member = pattern.matches(String.valueOf((char) value));
                ranges += member && !inside ? 1 : 0;
                inside = member;
            }
            return ranges;
        } catch (PatternSyntaxException e) {
            return 1;
        }
    }

    private int endOfClass(int start) {
        // A ']' right after "[" or "[^" is a member.
        int at = start + (expression.startsWith("[^", start) ? 3 : 2);
        while (at < expression.length() && expression.charAt(at) != ']') {
            int named = expression.startsWith("[:", at) ? expression.indexOf(":]", at + 2) : -1;
            at = named > 0 ? named + 2 : at + (expression.charAt(at) == '\\' ? 2 : 1);
        }
        return Math.min(at + 1, expression.length());
    }

    // The larger number of {n}, {n,} or {n,m}; 1 for what is no repetition.
    private long count(int brace) {
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
