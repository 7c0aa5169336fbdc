package io.tailrace.schemas.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.schemas.check.Normalization;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.manifest.ParsedObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;

/** A record's value, in any of the forms that are read: which one it is, the headers say. */
final class Values {
    private static final Pattern CHARSET = Pattern.compile("\\s*;\\s*charset=\"?utf-8\"?\\s*$");

    private Values() {}

    /** The normalized object. Of a framed one the headers must say the kind. */
    static Message read(byte[] value, Headers headers) throws BrokenEventException {
        return WireFormat.isFramed(value) ? framed(value, headers) : plain(value, headers);
    }

    /** The normalized object. Of a framed one its schema says the kind. Throws what {@code schemas} throws. */
    static Message read(byte[] value, Headers headers, WrittenSchemas schemas) throws BrokenEventException {
        return WireFormat.isFramed(value) ? FramedValues.read(value, kind(headers), schemas) : plain(value, headers);
    }

    private static Message framed(byte[] value, Headers headers) throws BrokenEventException {
        FramedValues.id(value);
        return isJson(headers)
                ? json(WireFormat.text(value), kind(headers))
                : protobuf(FramedValues.message(value).message(), kind(headers));
    }

    private static boolean isJson(Headers headers) throws BrokenEventException {
        return EventHeaders.get(headers, EventHeaders.CONTENT_TYPE)
                .toLowerCase(Locale.ROOT)
                .startsWith("application/json");
    }

    private static Message plain(byte[] value, Headers headers) throws BrokenEventException {
        String said = EventHeaders.get(headers, EventHeaders.CONTENT_TYPE);
        return switch (withoutCharset(said.toLowerCase(Locale.ROOT))) {
            case "application/json" -> json(value, kind(headers));
            case "", "application/protobuf", "application/x-protobuf" -> protobuf(value, kind(headers));
            default ->
                throw new BrokenEventException(Problem.of(
                        "header " + EventHeaders.CONTENT_TYPE,
                        "\"" + said + "\"",
                        "application/json, application/protobuf, or no such header for Protobuf"));
        };
    }

    private static String withoutCharset(String type) {
        return type.indexOf(';') < 0 ? type : CHARSET.matcher(type).replaceFirst("");
    }

    private static Optional<Kind> kind(Headers headers) throws BrokenEventException {
        String type = EventHeaders.get(headers, EventHeaders.TYPE);
        Optional<Kind> kind = Kind.of(type);
        if (kind.isEmpty() && !type.isEmpty()) {
            throw new BrokenEventException(
                    Problem.of("header " + EventHeaders.TYPE, "\"" + type + "\"", "a kind, like HTTPRoute"));
        }
        return kind;
    }

    static Message protobuf(byte[] value, Optional<Kind> kind) throws BrokenEventException {
        if (kind.isEmpty()) {
            throw new BrokenEventException(
                    Problem.of("header " + EventHeaders.TYPE, "nothing", "the kind of the Protobuf value")
                            .withAdvice("A JSON value needs the header content-type: application/json"));
        }
        try {
            return Normalization.normalize(kind.get().parse(ByteString.copyFrom(value)));
        } catch (InvalidProtocolBufferException e) {
            throw new BrokenEventException(Problem.of(
                            "value",
                            value.length + " bytes that can't be read (" + e.getMessage() + ")",
                            "a Protobuf message tailrace.v1." + kind.get().id())
                    .in(kind.get().id(), "", ""));
        }
    }

    static Message json(byte[] value, Optional<Kind> kind) throws BrokenEventException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokenEventException(Problem.of("value", "bytes that are not UTF-8", "JSON"));
        }
        ParsedObject parsed = Manifests.parseJson(text, kind);
        Message object = parsed.object();
        if (object == null) {
            Problem first = parsed.problems().get(0);
            throw new BrokenEventException(first.in(kind.map(Kind::id).orElse(first.kind()), "", ""));
        }
        return object;
    }
}
