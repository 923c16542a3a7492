package io.tapedeck.tools.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.tools.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The {@code listen} command in a JVM of its own, with the flags of this one; it does not outlive this one. */
final class ListenerProcess implements AutoCloseable {
    private static final String READY = "listening on ";
    private static final long END_LIMIT_SECONDS = 60;

    private final Process process;
    private final BufferedReader messages;
    private final String readiness;

    private ListenerProcess(final Process process, final BufferedReader messages, final String readiness) {
        this.process = process;
        this.messages = messages;
        this.readiness = readiness;
    }

    /**
     * Starts the process and waits until it has joined.
     *
     * @param mainClass of the command line.
     * @param group     multicast group to join.
     * @param port      to join it on.
     * @param more      options of the command.
     * @throws IOException if the process does not start, or cannot join; says what it said.
     */
    static ListenerProcess start(final String mainClass, final String group, final int port, final String... more)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of("listen", "--json", "--multicast-group", group, "--port", Integer.toString(port)));
        // Its standard input is a pipe from here, which ends with this process at the latest.
        command.add("--end-with-input");
        command.addAll(List.of(more));
        final Process process = new ProcessBuilder(command).start();
        final BufferedReader messages =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        final StringBuilder said = new StringBuilder();
        for (String line = messages.readLine(); line != null; line = messages.readLine()) {
            if (line.startsWith(READY)) {
                return new ListenerProcess(process, messages, line.substring(READY.length()));
            }
            said.append(line).append('\n');
        }
        process.destroy();
        throw new IOException("the listener did not start: " + said.toString().trim());
    }

    /** Where it listens, and with what buffer, in its own words. */
    String readiness() {
        return readiness;
    }

    /** Process id. */
    long pid() {
        return process.pid();
    }

    /**
     * Waits for the end of the session.
     *
     * @return the listener's summary.
     * @throws IOException if it did not follow the feed to its end; says what it said.
     */
    JsonNode await() throws IOException, InterruptedException {
        final byte[] out = process.getInputStream().readAllBytes();
        if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the listener did not end within " + END_LIMIT_SECONDS + " s of the session");
        }
        final int code = process.exitValue();
        if (code != ExitCode.OK && code != ExitCode.CHECK) {
            throw new IOException("the listener failed with exit code " + code + ": "
                    + messages.lines().collect(Collectors.joining("; ")));
        }
        return new ObjectMapper().readTree(out);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
