package io.tailrace.cli.faults;

import java.util.List;
import java.util.Random;

/** What is killed. */
enum Victim {
    GATEWAY,
    CONFIG_LANE,
    ENDPOINT_LANE,
    BROKER,
    CONNECTOR,
    ALL;

    List<Part> in(ProcessWorld world, Random random) {
        return switch (this) {
            case GATEWAY -> List.of(world.gateways.get(random.nextInt(2)));
            case CONFIG_LANE -> List.of(world.configLane);
            case ENDPOINT_LANE -> List.of(world.endpointLane);
            case BROKER -> List.of(world.broker);
            case CONNECTOR -> List.of(world.connector);
            case ALL -> world.all();
        };
    }
}
