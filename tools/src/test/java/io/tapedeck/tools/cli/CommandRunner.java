package io.tapedeck.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.tools.Tapedeck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** Runs the command line inside the test's own JVM and keeps what it printed. */
public final class CommandRunner {
    private CommandRunner() {}

    /** What a command left behind. */
    public record Result(int exitCode, String out, String err) {}

    /** Runs one command, which must succeed. */
    public static void succeed(final String... args) {
        final Result result = run(args);
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    /** Runs one command, which must succeed, and reads its summary. */
    public static JsonNode json(final String... args) throws IOException {
        final String[] command = Arrays.copyOf(args, args.length + 1);
        command[args.length] = "--json";
        final Result result = run(command);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    /** Runs one command. */
    public static Result run(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Tapedeck.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
