package io.tailrace.schemas.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How messages quote what stands there, and which known word a wrong one is nearest to. */
final class Texts {
    private static final int LONGEST_QUOTE = 80;

    private Texts() {}

    static String quoted(String text) {
        int end = Math.min(text.length(), LONGEST_QUOTE);
        return '"' + text.substring(0, end).replace("\n", "\\n") + (end < text.length() ? "...\"" : "\"");
    }

    /** The known word with the fewest edits; none if even that one has little in common. */
    static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(2, candidate.length() / 2))
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    static String didYouMean(String word, Collection<String> known) {
        return nearest(word, known).map(near -> "Did you mean " + near + "?").orElse("");
    }

    // Levenshtein's; whatever the case and underscores.
    private static int distance(String left, String right) {
        String a = plain(left);
        String b = plain(right);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String plain(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replace("_", "");
        return plain.substring(0, Math.min(plain.length(), LONGEST_QUOTE));
    }
}
