package io.tapedeck.tools.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs a flood and nothing else. Its heap is fixed and touched before the flood begins, so that the memory of
 * the process grows only by what is taken outside the heap.
 */
final class FloodedJvm {
    private static final String HEAP = "512m";

    /** A guard against hanging only, beside the flood itself. */
    private static final long LIMIT_MS = TimeUnit.MINUTES.toMillis(5);

    private FloodedJvm() {}

    /**
     * Runs the flood to its end, which has to be a good one.
     *
     * @param folder    for its output; what it has seen is printed here as well.
     * @param flood     whose {@code main} it is.
     * @param arguments for it.
     */
    static void run(final Path folder, final Class<?> flood, final String... arguments)
            throws IOException, InterruptedException {
        final Path out = folder.resolve("out.txt");
        final Process process = new ProcessBuilder(command(flood, arguments))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            final boolean hasEnded = process.waitFor(Flood.LENGTH_MS + LIMIT_MS, TimeUnit.MILLISECONDS);
            final List<String> lines = Files.readAllLines(out);
            lines.stream().filter(line -> line.startsWith("seen: ")).forEach(System.out::println);
            assertThat(hasEnded).as("it ended: %s", lines).isTrue();
            assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        } finally {
            process.destroyForcibly();
        }
        assumeTrue(
                Files.exists(Vitals.STATUS),
                "skipped: the system does not tell the memory of a process; all other bounds held");
    }

    private static List<String> command(final Class<?> flood, final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-Xms" + HEAP, "-Xmx" + HEAP, "-XX:+AlwaysPreTouch"));
        command.add("-D" + Flood.LENGTH_PROPERTY + "=" + Flood.LENGTH_MS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), flood.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
