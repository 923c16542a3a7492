package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the tests in a JVM of its own, with little memory. */
final class ReplayJvm {
    /** A guard against hanging only. */
    private static final long LIMIT_SECONDS = 1_800;

    private ReplayJvm() {}

    /**
     * Runs the program to its end, which has to be a good one.
     *
     * @param folder      for its output.
     * @param mebibytes   that its heap can have, and as many again its buffers outside of it.
     * @param mainClass   the program.
     * @param arguments   for it.
     * @return the words of the last line that it printed.
     */
    static String[] run(final Path folder, final int mebibytes, final Class<?> mainClass, final String... arguments)
            throws IOException, InterruptedException {
        final Path out = folder.resolve("out.txt");
        final Path err = folder.resolve("err.txt");
        final Process process = new ProcessBuilder(command(mebibytes, mainClass, arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the child process did not end within " + LIMIT_SECONDS + " s");
        }
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        final List<String> lines = Files.readAllLines(out);
        return lines.get(lines.size() - 1).split(" ");
    }

    private static List<String> command(final int mebibytes, final Class<?> mainClass, final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + mebibytes + "m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=" + mebibytes + "m",
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang.reflect=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
