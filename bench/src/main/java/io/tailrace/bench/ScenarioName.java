package io.tailrace.bench;

import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a scenario's name as a user writes it. */
final class ScenarioName implements ITypeConverter<Scenario> {
    @Override
    public Scenario convert(String value) {
        return Scenario.all()
                .filter(scenario -> scenario.id().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("found \"" + value + "\", expected one of "
                        + Scenario.all().map(Scenario::id).collect(Collectors.joining(", "))));
    }
}
