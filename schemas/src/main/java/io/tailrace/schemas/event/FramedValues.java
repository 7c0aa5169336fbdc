package io.tailrace.schemas.event;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.Problem;
import java.util.Optional;

/** A value in Confluent's wire format: what it is, its schema says. */
final class FramedValues {
    private FramedValues() {}

    static Message read(byte[] value, Optional<Kind> said, WrittenSchemas schemas) throws BrokenEventException {
        int id = id(value);
        WrittenSchema schema = schemas.schema(id)
                .orElseThrow(() -> new BrokenEventException(Problem.of(
                        "value", "the schema id " + id + ", which the registry doesn't know", "an id of its schemas")));
        if (schema instanceof WrittenSchema.Json) {
            return Values.json(WireFormat.text(value), said);
        }
        if (schema instanceof WrittenSchema.Protobuf protobuf) {
            WireFormat.Framed framed = message(value);
            Kind kind = kind(id, protobuf, framed);
            if (said.isPresent() && said.get() != kind) {
                throw new BrokenEventException(Problem.of(
                        "header " + EventHeaders.TYPE,
                        "\"" + said.get().id() + "\"",
                        kind.id() + ", which the schema of the value says, or no such header"));
            }
            return Values.protobuf(framed.message(), Optional.of(kind));
        }
        String type = schema instanceof WrittenSchema.Other other ? other.type() : "another kind";
        throw new BrokenEventException(
                Problem.of("value", "the schema id " + id + ", of type " + type, "a schema of type PROTOBUF or JSON"));
    }

    static int id(byte[] value) throws BrokenEventException {
        return WireFormat.id(value)
                .orElseThrow(() -> new BrokenEventException(Problem.of(
                        "value",
                        value.length + " bytes that begin with a zero byte",
                        "a schema's id of 4 bytes behind it (Confluent's wire format)")));
    }

    static WireFormat.Framed message(byte[] value) throws BrokenEventException {
        return WireFormat.protobuf(value)
                .orElseThrow(() -> new BrokenEventException(Problem.of(
                        "value",
                        "no message indexes behind the schema's id",
                        "Protobuf in Confluent's wire format; JSON needs the header content-type: application/json")));
    }

    private static Kind kind(int id, WrittenSchema.Protobuf schema, WireFormat.Framed framed)
            throws BrokenEventException {
        Optional<String> name = schema.message(framed.indexes());
        for (Kind kind : Kind.values()) {
            if (name.equals(Optional.of(kind.prototype().getDescriptorForType().getFullName()))) {
                return kind;
            }
        }
        throw new BrokenEventException(Problem.of(
                "value",
                name.map(found -> "the message " + found)
                        .orElse("the message indexes " + framed.indexes() + " of the schema " + id),
                "a message tailrace.v1.<kind>"));
    }
}
