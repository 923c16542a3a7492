package io.tapedeck.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapedeck.engine.pipeline.CounterValue;
import io.tapedeck.engine.pipeline.CountersFile;
import io.tapedeck.tools.Tapedeck;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts engine, streamer and listener by their script, on whatever processors there are, and reads back what is pinned. */
@Timeout(180)
class LaunchScriptTest {
    private static final Path SCRIPT = Path.of(System.getProperty("tapedeck.projectRoot", ".."), "scripts", "launch")
            .toAbsolutePath();
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");
    private static final long PIN_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private Path program;

    @BeforeAll
    static void findTools() {
        assumeTrue(
                Files.exists(Path.of("/proc/self/status")) && Files.isExecutable(Path.of("/usr/bin/taskset")),
                "skipped: pinning is checked on Linux with taskset only");
    }

    /** What scripts/tapedeck does, with the classes that are being tested. */
    @BeforeEach
    void writeProgram() throws IOException {
        program = Files.writeString(
                folder.resolve("tapedeck"),
                "#!/usr/bin/env bash\nexec taskset -c \"$TAPEDECK_CPUS\" '"
                        + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' --add-opens java.base/jdk.internal.misc=ALL-UNNAMED --add-opens"
                        + " java.base/sun.nio.ch=ALL-UNNAMED --add-opens java.base/java.lang.reflect=ALL-UNNAMED -cp '"
                        + System.getProperty("java.class.path") + "' " + Tapedeck.class.getName() + " \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldPinEngineStreamerAndListenerWhereItSays() throws Exception {
        final List<Integer> cpus = allowedCpus();
        final String run = folder.resolve("run").toString();
        try (DatagramSocket nobody = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            final String destination = "127.0.0.1:" + nobody.getLocalPort();
            final Process engine =
                    launch("engine", "--itch", destination, "--quiet", "--speed", "1x", "--days", "1", "-o", run);
            awaitCounter(Path.of(run, "counters"), "u0 consumed itch");
            assertPinned(
                    engine,
                    Map.of(
                            "tapedeck-u0-pro", Integer.toString(cpus.get(0)),
                            "tapedeck-u0-jou", Integer.toString(cpus.get(1 % cpus.size())),
                            "tapedeck-u0-itc", Integer.toString(cpus.get(2 % cpus.size())),
                            "tapedeck-u0-lin", Integer.toString(cpus.get(3 % cpus.size()))));
            assertThat(end(engine)).isZero();
        }

        // Played at the pace of the market, it lasts longer than any machine needs to start the processes.
        final String tape = folder.resolve("tape").toString();
        CommandRunner.succeed("run", "--quiet", "--days", "1", "--seconds", "3600", "-o", tape);
        final int last = cpus.get(cpus.size() - 1);
        final Path heard = folder.resolve("listener.counters");
        final Process listener = launch(
                "listener",
                "--cpus",
                Integer.toString(last),
                "--no-multicast",
                "--timeout",
                "120",
                "--port",
                "0",
                "--counters",
                heard.toString());
        final String destination = "127.0.0.1:" + awaitPort();
        final Process streamer =
                launch("streamer", "--quiet", "--no-multicast", "--unicast-dest", destination, "--speed", "1x", tape);
        awaitCounter(heard, "listener receiver-messages");
        assertPinned(
                streamer,
                Map.of(
                        "tapedeck-u0-pla", Integer.toString(cpus.get(0)),
                        "tapedeck-u0-lin", Integer.toString(cpus.get(1 % cpus.size()))));
        assertPinned(listener, Map.of("java", Integer.toString(last)));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .anyMatch(file ->
                            file.getFileName().toString().equals("tapedeck-streamer-" + streamer.pid() + ".counters"));
        }
        assertThat(end(streamer)).isZero();
        assertThat(end(listener)).isZero();
        assertThat(Files.readString(folder.resolve("err.txt"))).doesNotContain("not pinned");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nonsense, engine",
        "engine --cpus 9999, processor 9999",
        "engine --cpus 1-0, backwards",
        "engine --cpus one, 2-5",
        "listener --cpus, needs a list",
        "engine --pin journal=1, --cpus",
        "engine --reference, scripts/tapedeck",
    })
    void shouldRefuseWhatCannotBe(final String args, final String word) throws Exception {
        final Process process = launch(args.split(" "));

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("err.txt"))).contains(word);
    }

    private Process launch(final String... args) throws IOException {
        final List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(args));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("err.txt").toFile()));
        builder.environment().put("TAPEDECK", program.toString());
        builder.environment().put("TAPEDECK_RUN", folder.toString());
        final Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static int end(final Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void awaitCounter(final Path path, final String label) throws Exception {
        awaitFile(path);
        final CountersFile file = CountersFile.open(path);
        while (file.look().stream().noneMatch(counter -> isPositive(counter, label))) {
            requireAlive();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void awaitFile(final Path path) throws Exception {
        while (!Files.exists(path)) {
            requireAlive();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Where the listener listens, once it does. */
    private String awaitPort() throws Exception {
        while (true) {
            final Matcher said = LISTENING.matcher(Files.readString(folder.resolve("err.txt")));
            if (said.find()) {
                return said.group(1);
            }
            requireAlive();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void requireAlive() throws IOException {
        assertThat(processes.get(processes.size() - 1).isAlive())
                .as(Files.readString(folder.resolve("err.txt")))
                .isTrue();
    }

    private static boolean isPositive(final CounterValue counter, final String label) {
        return counter.label().equals(label) && counter.value() > 0;
    }

    /** Every thread pins itself when it begins, which one does before another. */
    private static void assertPinned(final Process process, final Map<String, String> expected) throws Exception {
        final long fromNs = System.nanoTime();
        Map<String, String> pinned = pinnedByThread(process);
        while (!pinned.entrySet().containsAll(expected.entrySet())
                && process.isAlive()
                && System.nanoTime() - fromNs < PIN_LIMIT_NS) {
            TimeUnit.MILLISECONDS.sleep(20);
            pinned = pinnedByThread(process);
        }
        assertThat(pinned).containsAllEntriesOf(expected);
    }

    /** The list of allowed processors by thread name, which the kernel cuts at fifteen characters. */
    private static Map<String, String> pinnedByThread(final Process process) throws IOException {
        final Map<String, String> byThread = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (final Path task : tasks.toList()) {
                try {
                    final String name = Files.readString(task.resolve("comm")).strip();
                    final String allowed = allowedList(task.resolve("status"));
                    // Of several threads of one name, that of the launcher for example, the one with the shortest list.
                    byThread.merge(name, allowed, (one, other) -> one.length() <= other.length() ? one : other);
                } catch (final IOException ended) {
                    // Compiling threads come and go.
                }
            }
        }
        return byThread;
    }

    private static List<Integer> allowedCpus() throws IOException {
        final List<Integer> cpus = new ArrayList<>();
        for (final String part : allowedList(Path.of("/proc/self/status")).split(",")) {
            final String[] ends = part.split("-");
            for (int cpu = Integer.parseInt(ends[0]); cpu <= Integer.parseInt(ends[ends.length - 1]); cpu++) {
                cpus.add(cpu);
            }
        }
        return cpus;
    }

    private static String allowedList(final Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
