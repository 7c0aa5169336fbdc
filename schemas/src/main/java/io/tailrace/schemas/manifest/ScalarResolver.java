package io.tailrace.schemas.manifest;

import io.tailrace.schemas.manifest.Node.ScalarNode;
import io.tailrace.schemas.manifest.Node.ScalarType;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a YAML scalar is: YAML 1.2.2, section 10.3.2 (core schema). Numbers are brought into JSON's form. */
final class ScalarResolver {
    private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final String TAG_PREFIX = "tag:yaml.org,2002:";
    private static final int MAX_DIGITS = 400;

    private ScalarResolver() {}

    static ScalarNode resolve(ScalarEvent event, int line, int column) throws SyntaxException {
        String text = event.getValue();
        String tag = event.getTag().orElse(event.isPlain() ? "" : TAG_PREFIX + "str");
        if (tag.equals("!") || tag.equals(TAG_PREFIX + "str")) {
            return new ScalarNode(line, column, ScalarType.STRING, text);
        }
        ScalarNode plain = plain(text, line, column);
        if (!tag.isEmpty() && !tag.equals(TAG_PREFIX + name(plain.type()))) {
            throw new SyntaxException(line, column, "the tag " + tag + " is not known here");
        }
        return plain;
    }

    static void checkCollectionTag(String tag, boolean map, int line, int column) throws SyntaxException {
        if (!tag.isEmpty() && !tag.equals("!") && !tag.equals(TAG_PREFIX + (map ? "map" : "seq"))) {
            throw new SyntaxException(line, column, "the tag " + tag + " is not known here");
        }
    }

    private static ScalarNode plain(String text, int line, int column) {
        if (NULL.matcher(text).matches()) {
            return new ScalarNode(line, column, ScalarType.NULL, "");
        }
        if (BOOLEAN.matcher(text).matches()) {
            boolean value = text.charAt(0) == 't' || text.charAt(0) == 'T';
            return new ScalarNode(line, column, ScalarType.BOOLEAN, String.valueOf(value));
        }
        // No field takes it: whoever reads the tree refuses it in its place.
        if (NOT_FINITE.matcher(text).matches()) {
            return new ScalarNode(line, column, ScalarType.DECIMAL, text);
        }
        // Longer ones are no number that any field takes, and cost quadratic time to read.
        if (text.length() > MAX_DIGITS) {
            return new ScalarNode(line, column, ScalarType.STRING, text);
        }
        if (INTEGER.matcher(text).matches()) {
            return new ScalarNode(
                    line, column, ScalarType.INTEGER, integer(text).toString());
        }
        if (DECIMAL.matcher(text).matches()) {
            return new ScalarNode(line, column, ScalarType.DECIMAL, String.valueOf(Double.parseDouble(text)));
        }
        return new ScalarNode(line, column, ScalarType.STRING, text);
    }

    private static String name(ScalarType type) {
        return switch (type) {
            case STRING -> "str";
            case INTEGER -> "int";
            case DECIMAL -> "float";
            case BOOLEAN -> "bool";
            case NULL -> "null";
        };
    }

    private static BigInteger integer(String text) {
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    }
}
