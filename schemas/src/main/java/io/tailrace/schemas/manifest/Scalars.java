package io.tailrace.schemas.manifest;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.Node.ScalarNode;
import io.tailrace.schemas.manifest.Node.ScalarType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A scalar field's value: is it of the field's type, and in its range? */
final class Scalars {
    private static final BigInteger TWO = BigInteger.TWO;
    private static final int LONGEST_INTEGER = 20;

    private Scalars() {}

    /** Appends the value as JSON, or says what is wrong with it and appends null. */
    static void write(ScalarNode scalar, FieldDescriptor field, StringBuilder json, Findings findings, String path) {
        if (!fits(scalar, field)) {
            say(scalar, field, findings, path);
            json.append("null");
        } else if (scalar.type() == ScalarType.STRING) {
            JsonText.string(scalar.text(), json);
        } else {
            json.append(scalar.text());
        }
    }

    private static boolean fits(ScalarNode scalar, FieldDescriptor field) {
        String text = scalar.text();
        return switch (field.getJavaType()) {
            case STRING -> scalar.type() == ScalarType.STRING && isUnicode(text);
            case BOOLEAN -> scalar.type() == ScalarType.BOOLEAN;
            case BYTE_STRING -> scalar.type() == ScalarType.STRING && isBase64(text);
            case ENUM -> scalar.type() == ScalarType.STRING && names(field).contains(text);
            case FLOAT, DOUBLE -> isNumber(scalar) && isFinite(text);
            case INT -> scalar.type() == ScalarType.INTEGER && inRange(text, field);
            // JSON carries 64 bits as a string: a double would round them.
            case LONG ->
                (scalar.type() == ScalarType.INTEGER || scalar.type() == ScalarType.STRING) && inRange(text, field);
            case MESSAGE -> false;
        };
    }

    private static void say(ScalarNode scalar, FieldDescriptor field, Findings findings, String path) {
        // Bytes may be what nobody should read.
        boolean bytes = field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING;
        Problem problem = Problem.of(path, bytes ? "no base64" : scalar.describe(), expected(field));
        if (field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
            problem = problem.withAdvice(Texts.didYouMean(scalar.text(), names(field)));
        } else if (field.getJavaType() == FieldDescriptor.JavaType.STRING
                && scalar.type() != ScalarType.STRING
                && scalar.type() != ScalarType.NULL) {
            problem = problem.withAdvice("Write it in quotes: \"" + scalar.text() + "\"");
        }
        findings.add(scalar.line(), scalar.column(), problem);
    }

    static String expected(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> "a string";
            case BOOLEAN -> "true or false";
            case BYTE_STRING -> "bytes in base64";
            case ENUM -> "one of " + String.join(", ", names(field));
            case FLOAT, DOUBLE -> "a finite number";
            case INT, LONG -> "a whole number from " + low(field) + " to " + high(field);
            case MESSAGE -> "a map";
        };
    }

    /** The names of an enum's values; for ours without the zero, which stands for "left out". */
    private static List<String> names(FieldDescriptor field) {
        boolean ours = field.getFile().getPackage().equals("tailrace.v1");
        List<String> names = new ArrayList<>();
        for (EnumValueDescriptor value : field.getEnumType().getValues()) {
            if (!ours || value.getNumber() != 0) {
                names.add(value.getName());
            }
        }
        return names;
    }

    private static boolean isNumber(ScalarNode scalar) {
        return scalar.type() == ScalarType.INTEGER || scalar.type() == ScalarType.DECIMAL;
    }

    static boolean isFinite(String number) {
        try {
            return Double.isFinite(Double.parseDouble(number));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean inRange(String text, FieldDescriptor field) {
        if (!text.matches("-?[0-9]{1," + LONGEST_INTEGER + "}")) {
            return false;
        }
        BigInteger value = new BigInteger(text);
        return value.compareTo(low(field)) >= 0 && value.compareTo(high(field)) <= 0;
    }

    private static BigInteger low(FieldDescriptor field) {
        return isUnsigned(field) ? BigInteger.ZERO : TWO.pow(width(field) - 1).negate();
    }

    private static BigInteger high(FieldDescriptor field) {
        return TWO.pow(isUnsigned(field) ? width(field) : width(field) - 1).subtract(BigInteger.ONE);
    }

    private static int width(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.INT ? 32 : 64;
    }

    private static boolean isUnsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, UINT64, FIXED32, FIXED64 -> true;
            default -> false;
        };
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(point -> point <= 0xffff && Character.isSurrogate((char) point));
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
