package io.tailrace.bench.workload;

import io.netty.buffer.ByteBuf;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.log.v1.PortPolicy;

/** Names have their number at one place, so that a client needs no map to know one. They are those that the translator gives. */
public final class Names {
    /** The one port of every service. */
    public static final String PORT_NAME = "http";

    public static final int PORT = 80;

    private static final String NAMESPACE = "default/";
    private static final String SERVICE = "service-";
    private static final int DIGITS = 6;
    private static final int AT = NAMESPACE.length() + SERVICE.length();

    private static final String SUFFIX = "/" + PORT + "~"
            + Deterministic.hash8(Deterministic.serialize(
                    PortPolicy.newBuilder().setName(PORT_NAME).setPort(PORT).build()));

    private Names() {}

    /** A load assignment. */
    public static String of(int number) {
        return NAMESPACE + service(number) + SUFFIX;
    }

    /** The service that it is of, in the namespace `default`. */
    public static String service(int number) {
        return "%s%06d".formatted(SERVICE, number);
    }

    /** The number of the service of this name. */
    public static int numberOf(String service) {
        return Integer.parseInt(service.substring(SERVICE.length()));
    }

    /** The number of the load assignment whose name lies there. */
    public static int numberOf(ByteBuf bytes, int index) {
        int number = 0;
        for (int i = index + AT; i < index + AT + DIGITS; i++) {
            number = number * 10 + bytes.getByte(i) - '0';
        }
        return number;
    }
}
