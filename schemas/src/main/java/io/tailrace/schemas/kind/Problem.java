package io.tailrace.schemas.kind;

import io.tailrace.schemas.log.v1.ObjectProblem;

/**
 * One thing that is wrong, said to whoever wrote the object. A value, never an exception: one object may have many, and
 * they travel to files, terminals, dead letters and status records.
 *
 * @param kind the kind's id; empty if it isn't known
 * @param namespace empty if it isn't known
 * @param name empty if it isn't known
 * @param field a path in the object ("spec.rules[0].matches[1].path.value"); empty: the object as a whole
 * @param found what stands there
 * @param expected what may stand there
 * @param advice what to do; empty if that is plain
 */
public record Problem(
        String kind, String namespace, String name, String field, String found, String expected, String advice) {

    /** A problem of something whose kind and name aren't known. */
    public static Problem of(String field, String found, String expected) {
        return new Problem("", "", "", field, found, expected, "");
    }

    public static Problem fromProto(ObjectProblem proto) {
        return new Problem(
                proto.getKind(),
                proto.getNamespace(),
                proto.getName(),
                proto.getField(),
                proto.getFound(),
                proto.getExpected(),
                proto.getAdvice());
    }

    public ObjectProblem toProto() {
        return ObjectProblem.newBuilder()
                .setKind(kind)
                .setNamespace(namespace)
                .setName(name)
                .setField(field)
                .setFound(found)
                .setExpected(expected)
                .setAdvice(advice)
                .build();
    }

    public Problem withAdvice(String newAdvice) {
        return new Problem(kind, namespace, name, field, found, expected, newAdvice);
    }

    /** The same problem of a named object. */
    public Problem in(String newKind, String newNamespace, String newName) {
        return new Problem(newKind, newNamespace, newName, field, found, expected, advice);
    }

    /** One line for people: {@code HTTPRoute default/shop: spec.parentRefs: found nothing, expected at least one}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (!kind.isEmpty()) {
            text.append(kind).append(' ');
        }
        if (!name.isEmpty()) {
            text.append(namespace.isEmpty() ? "" : namespace + "/").append(name);
        }
        if (!text.isEmpty()) {
            text.setLength(text.charAt(text.length() - 1) == ' ' ? text.length() - 1 : text.length());
            text.append(": ");
        }
        if (!field.isEmpty()) {
            text.append(field).append(": ");
        }
        text.append("found ").append(found).append(", expected ").append(expected);
        return advice.isEmpty()
                ? text.toString()
                : text.append(". ").append(advice).toString();
    }
}
