package io.tailrace.schemas.check;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gateway API's durations (GEP-2257): one to four numbers of at most five digits, each with h, m, s or ms. */
public final class Durations {
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");
    private static final Pattern PART = Pattern.compile("([0-9]{1,5})(ms|h|m|s)");

    private Durations() {}

    public static boolean isValid(String text) {
        return WHOLE.matcher(text).matches();
    }

    /** "1m30s", "250ms", "0s". Throws {@link IllegalArgumentException} for what is no such duration. */
    public static Duration parse(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("no duration: \"" + text + "\"");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "h" -> Duration.ofHours(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMillis(number);
                    });
        }
        return sum;
    }
}
