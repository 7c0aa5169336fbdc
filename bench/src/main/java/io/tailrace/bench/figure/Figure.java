package io.tailrace.bench.figure;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One number that was found.
 *
 * @param what it is, with its unit: "all acked p50, ms"
 * @param wanted null: it is told beside others, and nothing is asked of it
 */
public record Figure(String what, double value, @Nullable Bound wanted) {
    /** What a figure must not pass. */
    public record Bound(Side side, double limit) {
        public boolean holds(double value) {
            return side == Side.AT_MOST ? value <= limit : value >= limit;
        }

        public String text() {
            return (side == Side.AT_MOST ? "at most " : "at least ") + number(limit);
        }
    }

    /** Of the limit. */
    public enum Side {
        AT_MOST,
        AT_LEAST
    }

    public static Figure of(String what, double value) {
        return new Figure(what, value, null);
    }

    public static Figure atMost(String what, double value, double limit) {
        return new Figure(what, value, new Bound(Side.AT_MOST, limit));
    }

    public static Figure atLeast(String what, double value, double limit) {
        return new Figure(what, value, new Bound(Side.AT_LEAST, limit));
    }

    /** As who watches wants it. */
    public String text() {
        return what + ": " + number(value);
    }

    /** With as many digits as matter. */
    public static String number(double value) {
        String digits = Math.abs(value) < 100 && value != Math.rint(value) ? "0.0#" : "#,##0";
        return new DecimalFormat(digits, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
