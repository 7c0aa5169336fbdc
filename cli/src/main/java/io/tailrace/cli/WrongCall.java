package io.tailrace.cli;

import static java.util.stream.Collectors.joining;

import io.tailrace.cli.options.ExitCode;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A call that can't be understood is answered with one line: what is wrong, and how such a call looks. */
final class WrongCall {
    private WrongCall() {}

    static int explain(ParameterException mistake) {
        CommandSpec command = mistake.getCommandLine().getCommandSpec();
        String example = Arrays.stream(command.usageMessage().footer())
                .map(String::strip)
                .filter(line -> line.startsWith("tailrace "))
                .findFirst()
                .map(line -> "; an example: " + line)
                .orElse("");
        mistake.getCommandLine()
                .getErr()
                .println(command.qualifiedName() + ": " + what(mistake) + example + " (" + command.qualifiedName()
                        + " --help says more)");
        return ExitCode.INVALID;
    }

    private static String what(ParameterException mistake) {
        List<ArgSpec> missing = mistake instanceof MissingParameterException it ? it.getMissing() : List.of();
        if (mistake instanceof UnmatchedArgumentException unknown) {
            String near = String.join(" or ", unknown.getSuggestions());
            return "found " + unknown.getUnmatched() + ", which is no option or command"
                    + (near.isEmpty() ? "" : "; did you mean " + near + "?");
        }
        if (missing.isEmpty()) {
            return String.join("; ", String.valueOf(mistake.getMessage()).split("\\R", -1));
        }
        if (missing.stream()
                .allMatch(
                        argument -> argument.group() != null && argument.group().exclusive())) {
            return missing.stream().map(WrongCall::name).collect(joining(" or ")) + " is missing";
        }
        return missing.stream().map(WrongCall::name).collect(joining(" and ")) + (missing.size() == 1 ? " is" : " are")
                + " missing";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }
}
