package io.tailrace.schemas.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text, without a resolver: the JDK's parsers may ask DNS for what is none. */
public final class Addresses {
    private static final int GROUPS = 8;
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{1,4}");

    private Addresses() {}

    /** The one form of an IPv4 or IPv6 address (RFC 5952, section 4); empty if the text is no address. */
    public static Optional<String> canonical(String text) {
        return text.indexOf(':') < 0 ? v4(text).map(groups -> text) : v6(text).map(Addresses::format);
    }

    private static Optional<List<Integer>> v4(String text) {
        String[] parts = text.split("\\.", -1);
        List<Integer> bytes = new ArrayList<>();
        for (String part : parts) {
            if (!DECIMAL.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            bytes.add(Integer.parseInt(part));
        }
        return bytes.size() == 4
                ? Optional.of(List.of(bytes.get(0) << 8 | bytes.get(1), bytes.get(2) << 8 | bytes.get(3)))
                : Optional.empty();
    }

    private static Optional<List<Integer>> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(groups -> groups.size() == GROUPS);
        }
        Optional<List<Integer>> head = groups(text.substring(0, gap));
        Optional<List<Integer>> tail = groups(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty() || text.substring(0, gap).contains(".")) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(head.get());
        int zeros = GROUPS - head.get().size() - tail.get().size();
        for (int i = 0; i < zeros; i++) {
            all.add(0);
        }
        all.addAll(tail.get());
        return zeros > 0 ? Optional.of(all) : Optional.empty();
    }

    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].contains(".")) {
                Optional<List<Integer>> embedded = v4(parts[i]);
                if (embedded.isEmpty()) {
                    return Optional.empty();
                }
                groups.addAll(embedded.get());
            } else if (HEXADECIMAL.matcher(parts[i]).matches()) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    // The first of the longest runs of two or more zeros becomes "::".
    private static String format(List<Integer> groups) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups.get(end) == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        if (start < 0) {
            return hex(groups);
        }
        return hex(groups.subList(0, start)) + "::" + hex(groups.subList(start + length, GROUPS));
    }

    private static String hex(List<Integer> groups) {
        return String.join(":", groups.stream().map(Integer::toHexString).toList());
    }
}
