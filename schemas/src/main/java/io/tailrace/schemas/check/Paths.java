package io.tailrace.schemas.check;

import java.util.List;
import java.util.regex.Pattern;

/** Paths of URLs: RFC 3986's characters, and none of what a path loses when proxies normalize it (Gateway API's rules). */
final class Paths {
    private static final Pattern CHARACTERS = Pattern.compile("(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*");
    private static final List<String> LOST = List.of("//", "/./", "/../", "%2f", "%2F");

    private Paths() {}

    static void check(String field, String path, Report report) {
        if (!path.startsWith("/")) {
            report.text(field, path, "a path that begins with \"/\"");
        } else if (!CHARACTERS.matcher(path).matches()) {
            report.add(
                    field,
                    Report.quoted(path),
                    "the characters of a URL's path (RFC 3986, 3.3)",
                    path.contains("?") ? "Match the query by queryParams" : "Percent-encode what is none of them");
        } else if (LOST.stream().anyMatch(path::contains) || path.endsWith("/.") || path.endsWith("/..")) {
            report.text(field, path, "a path without //, /./, /../ and an encoded /");
        }
    }
}
