package io.tailrace.schemas.manifest;

import io.tailrace.schemas.manifest.Node.ScalarNode;
import io.tailrace.schemas.manifest.Node.ScalarType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON as RFC 8259 has it, strictly, to a tree with lines and columns. One value a text. */
final class JsonReader {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    private JsonReader(String text) {
        this.text = text;
    }

    static Node read(String text) throws SyntaxException {
        Limits.checkLength(text);
        JsonReader reader = new JsonReader(text);
        Node node = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.unexpected("the end");
        }
        Limits.checkSize(node);
        return node;
    }

    private Node value(int depth) throws SyntaxException {
        skipSpace();
        Limits.checkDepth(depth, line, column());
        int startLine = line;
        int startColumn = column();
        char c = peek();
        if (c == '{' || c == '[') {
            return collection(new TreeBuilder(c == '{', startLine, startColumn, ""), c == '{', depth);
        }
        if (c == '"') {
            return string();
        }
        for (String word : new String[] {"true", "false", "null"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("null")
                        ? new ScalarNode(startLine, startColumn, ScalarType.NULL, "")
                        : new ScalarNode(startLine, startColumn, ScalarType.BOOLEAN, word);
            }
        }
        return number(startLine, startColumn);
    }

    private ScalarNode number(int startLine, int startColumn) throws SyntaxException {
        Matcher matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw unexpected("a value");
        }
        at = matcher.end();
        boolean whole = matcher.group(2) == null && matcher.group(3) == null;
        return new ScalarNode(startLine, startColumn, whole ? ScalarType.INTEGER : ScalarType.DECIMAL, matcher.group());
    }

    private Node collection(TreeBuilder builder, boolean map, int depth) throws SyntaxException {
        char end = map ? '}' : ']';
        at++;
        skipSpace();
        if (peek() == end) {
            at++;
            return builder.build();
        }
        while (true) {
            if (map) {
                skipSpace();
                if (peek() != '"') {
                    throw unexpected("a field's name in quotes");
                }
                builder.add(string());
                skipSpace();
                expect(':');
            }
            builder.add(value(depth + 1));
            skipSpace();
            if (peek() == end) {
                at++;
                return builder.build();
            }
            expect(',');
        }
    }

    private ScalarNode string() throws SyntaxException {
        int startColumn = column();
        StringBuilder value = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw unexpected("a string without control characters");
            }
            at++;
            value.append(c == '\\' ? escaped() : c);
        }
        at++;
        return new ScalarNode(line, startColumn, ScalarType.STRING, value.toString());
    }

    private char escaped() throws SyntaxException {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw unexpected("an escape that JSON has");
            }
        };
    }

    private char unicode() throws SyntaxException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected("four hex digits");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            if (text.charAt(at) == '\n') {
                line++;
                lineStart = at + 1;
            }
            at++;
        }
    }

    private void expect(char c) throws SyntaxException {
        if (peek() != c) {
            throw unexpected("'" + c + "'");
        }
        at++;
    }

    // U+0000 stands for the end: no JSON text has it.
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private int column() {
        return at - lineStart + 1;
    }

    private SyntaxException unexpected(String expected) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new SyntaxException(line, column(), "found " + found + " where " + expected + " was expected");
    }
}
