package io.tailrace.schemas.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.schemas.v1.HTTPHeader;
import io.tailrace.schemas.v1.HTTPHeaderFilter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** HTTP headers: their names and values, and what may be done with them. */
final class HeaderChecks {
    // RFC 9110, 5.6.2 (token).
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]{1,256}");
    // Envoy rejects NUL, CR and LF; other control characters make HTTP/2 peers reset the stream (RFC 9113, 8.2.1).
    private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");
    private static final int MAX_VALUE = 16384;

    private HeaderChecks() {}

    static void name(String field, String name, Report report) {
        if (!NAME.matcher(name).matches()) {
            report.text(field, name, "a header's name: 1 to 256 letters, digits and !#$%&'*+-.^_`|~");
        }
    }

    static void value(String field, String value, Report report) {
        if (!VALUE.matcher(value).matches()) {
            report.text(field, value, "no control character (line feed, carriage return, NUL, ...)");
        }
    }

    static void filter(String field, HTTPHeaderFilter filter, Report report) {
        if (filter.getSetCount() + filter.getAddCount() + filter.getRemoveCount() == 0) {
            report.add(field, "nothing", "at least one of set, add, remove");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < filter.getSetCount(); i++) {
            header(field + ".set[" + i + "]", filter.getSet(i), seen, report);
        }
        for (int i = 0; i < filter.getAddCount(); i++) {
            header(field + ".add[" + i + "]", filter.getAdd(i), seen, report);
        }
        for (int i = 0; i < filter.getRemoveCount(); i++) {
            modified(field + ".remove[" + i + "]", filter.getRemove(i), seen, report);
        }
    }

    private static void header(String field, HTTPHeader header, Set<String> seen, Report report) {
        modified(field + ".name", header.getName(), seen, report);
        Rules.required(field + ".value", header.getValue(), "a value", report);
        value(field + ".value", header.getValue(), report);
        // Envoy takes "%%" for '%', and counts both.
        int percents = (int) header.getValue().chars().filter(c -> c == '%').count();
        bytes(field + ".value", header.getValue().getBytes(UTF_8).length + percents, MAX_VALUE, report);
    }

    static void bytes(String field, int bytes, int most, Report report) {
        if (bytes > most) {
            report.add(field, bytes + " bytes", "at most " + most);
        }
    }

    private static void modified(String field, String name, Set<String> seen, Report report) {
        String small = name.toLowerCase(Locale.ROOT);
        // Envoy: ":-prefixed or host headers may not be modified".
        if (small.startsWith(":") || small.equals("host")) {
            report.add(
                    field,
                    Report.quoted(name),
                    "a header that may be changed",
                    "To change host or path, use the filter URLRewrite");
            return;
        }
        name(field, name, report);
        if (!name.isEmpty() && !seen.add(small)) {
            report.text(field, name, "each name once, in one of the lists, whatever its case");
        }
    }
}
