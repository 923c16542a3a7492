package io.tapedeck.tools.cli;

import io.tapedeck.tools.Tapedeck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the command line in a JVM of its own, with the flags that {@code scripts/tapedeck} passes. */
final class ChildJvm {
    private static final long LIMIT_SECONDS = 240;

    private ChildJvm() {}

    /** What a finished process left behind. */
    record Result(int exitCode, String out, String err) {}

    /**
     * Starts the process; the caller ends it.
     *
     * @param jdkHome          JDK to run on.
     * @param featureVersion   of that JDK, for example 25.
     * @param workingDirectory of the process; its output goes to {@code out.txt} and {@code err.txt} there.
     * @param args             command and options.
     */
    static Process start(
            final Path jdkHome, final int featureVersion, final Path workingDirectory, final String... args)
            throws IOException {
        return start(jdkHome, featureVersion, workingDirectory, List.of(), args);
    }

    /** The same with further JVM options. */
    static Process start(
            final Path jdkHome,
            final int featureVersion,
            final Path workingDirectory,
            final List<String> jvmOptions,
            final String... args)
            throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                jdkHome.resolve("bin/java").toString(),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang.reflect=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED"));
        if (featureVersion >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tapedeck.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectOutput(workingDirectory.resolve("out.txt").toFile())
                .redirectError(workingDirectory.resolve("err.txt").toFile())
                .start();
    }

    /** Waits for the end of a process started here; one that does not end is destroyed and reported. */
    static Result await(final Process process, final Path workingDirectory) throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the child process did not end within " + LIMIT_SECONDS + " s");
        }
        return new Result(
                process.exitValue(),
                Files.readString(workingDirectory.resolve("out.txt"), StandardCharsets.UTF_8),
                Files.readString(workingDirectory.resolve("err.txt"), StandardCharsets.UTF_8));
    }

    /** Feature version of the JDK in a folder, or -1 where there is none. */
    static int featureVersion(final Path jdkHome) {
        try {
            for (final String line : Files.readAllLines(jdkHome.resolve("release"))) {
                if (line.startsWith("JAVA_VERSION=\"")) {
                    final String version = line.substring("JAVA_VERSION=\"".length());
                    return Integer.parseInt(version.split("[.\"-]")[0]);
                }
            }
        } catch (final IOException | NumberFormatException notAJdk) {
            return -1;
        }
        return -1;
    }
}
