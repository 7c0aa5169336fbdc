package io.tailrace.schemas.check;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Rules that fields of several kinds share. A check reports what is wrong and says whether the value is right. */
final class Rules {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern HOSTNAME = Pattern.compile("(%1$s)(\\.(%1$s))*".formatted(DNS_LABEL.pattern()));
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}]{1,253}");
    private static final int LONGEST_HOSTNAME = 253;

    private Rules() {}

    static boolean required(String field, String value, String expected, Report report) {
        if (value.isEmpty()) {
            report.add(field, "nothing", expected);
        }
        return !value.isEmpty();
    }

    /** A DNS label: RFC 1123, small letters only, so that two can't differ by case alone. */
    static void dnsLabel(String field, String value, Report report) {
        if (!DNS_LABEL.matcher(value).matches()) {
            report.text(field, value, "a DNS label: 1 to 63 characters of a-z, 0-9 and, inside, '-'");
        }
    }

    /** The name of an object, by the rule of metadata.name. */
    static void name(String field, String value, Report report) {
        if (!MetadataChecks.isName(value)) {
            report.text(field, value, "a name: 1 to 253 letters, digits, '-', '_' and '.'");
        }
    }

    static void printable(String field, String value, Report report) {
        if (!PRINTABLE.matcher(value).matches()) {
            report.text(field, value, "1 to 253 characters, none of them a control character");
        }
    }

    static void namespaceOrEmpty(String field, String value, Report report) {
        if (!value.isEmpty() && !MetadataChecks.isLabel(value)) {
            report.text(field, value, "1 to 63 characters of a-z, 0-9, '-', or nothing");
        }
    }

    static void hostname(String field, String value, boolean wildcard, Report report) {
        String host = wildcard && value.startsWith("*.") ? value.substring(2) : value;
        if (value.length() > LONGEST_HOSTNAME || !HOSTNAME.matcher(host).matches()) {
            report.add(
                    field,
                    Report.quoted(value),
                    wildcard ? "a host (\"shop.example.com\") or \"*.\" and a host" : "a host without wildcard",
                    hostAdvice(value));
        }
    }

    private static String hostAdvice(String value) {
        if (value.chars().anyMatch(Character::isUpperCase)) {
            return "Write it in small letters: hosts are compared whatever their case";
        }
        return value.contains(":") ? "The port is no part of it" : "";
    }

    /** Port numbers; the value is an unsigned 32 bit number. */
    static void port(String field, int value, Report report) {
        range(field, value, 1, 65535, report);
    }

    static void range(String field, int unsigned, long low, long high, Report report) {
        long value = Integer.toUnsignedLong(unsigned);
        if (value < low || value > high) {
            report.add(field, String.valueOf(value), low + " to " + high);
        }
    }

    static void count(String field, int count, int low, int high, Report report) {
        if (count < low || count > high) {
            report.add(
                    field,
                    count == 0 ? "nothing" : count + " of them",
                    low == high
                            ? "exactly " + low
                            : high == Integer.MAX_VALUE ? "at least " + low : low + " to " + high);
        }
    }

    /** Each value once, as {@code form} sees it; empty ones are left to other rules. */
    static void unique(String field, String member, List<String> values, UnaryOperator<String> form, Report report) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (!value.isEmpty() && !seen.add(form.apply(value))) {
                report.text(field + "[" + i + "]" + member, value, "each once; it stands there twice");
            }
        }
    }

    /** A Gateway API duration of at least {@code least}. */
    static boolean duration(String field, String value, Duration least, Report report) {
        if (!isDuration(field, value, report)) {
            return false;
        }
        boolean enough = Durations.parse(value).compareTo(least) >= 0;
        if (!enough) {
            report.text(field, value, least.toMillis() + "ms or more");
        }
        return enough;
    }

    /** A Gateway API duration from {@code least} to {@code most}: seconds, and hours. */
    static void duration(String field, String value, Duration least, Duration most, Report report) {
        if (isDuration(field, value, report)) {
            Duration duration = Durations.parse(value);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                report.text(field, value, least.toSeconds() + "s to " + most.toHours() + "h");
            }
        }
    }

    private static boolean isDuration(String field, String value, Report report) {
        boolean valid = Durations.isValid(value);
        if (!valid) {
            report.add(
                    field,
                    Report.quoted(value),
                    "a duration like 250ms or 1m30s",
                    "Up to four whole numbers, each with h, m, s or ms");
        }
        return valid;
    }
}
