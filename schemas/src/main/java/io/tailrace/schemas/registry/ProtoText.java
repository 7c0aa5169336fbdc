package io.tailrace.schemas.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a .proto file's text says of its messages' names, as far as ids in frames need it. */
final class ProtoText {
    private static final Pattern NOTES_AND_STRINGS = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'", Pattern.DOTALL);
    private static final Pattern NOTES = Pattern.compile("//[^\\n]*");
    private static final Pattern EMPTY_LINES = Pattern.compile("(?:[ \\t]*\\n){2,}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*|[{};]");

    private ProtoText() {}

    /** The full names of the messages that lie in no other, in their order. */
    static List<String> messages(String text) {
        List<String> words = words(text);
        List<String> messages = new ArrayList<>();
        String prefix = "";
        int depth = 0;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("{")) {
                depth++;
            } else if (word.equals("}")) {
                depth--;
            } else if (depth == 0 && i + 2 < words.size()) {
                if (word.equals("package") && words.get(i + 2).equals(";")) {
                    prefix = words.get(i + 1) + ".";
                } else if (word.equals("message") && words.get(i + 2).equals("{")) {
                    messages.add(words.get(i + 1));
                }
            }
        }
        String all = prefix;
        return messages.stream().map(name -> all + name).toList();
    }

    /** The text without comments: what it says to machines, so that a better comment is no new version. */
    static String withoutNotes(String ownText) {
        return EMPTY_LINES
                .matcher(NOTES.matcher(ownText).replaceAll(""))
                .replaceAll("\n\n")
                .strip()
                .concat("\n");
    }

    private static List<String> words(String text) {
        Matcher matcher = WORD.matcher(NOTES_AND_STRINGS.matcher(text).replaceAll(" "));
        List<String> words = new ArrayList<>();
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }
}
