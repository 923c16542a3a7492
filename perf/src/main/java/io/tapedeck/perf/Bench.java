package io.tapedeck.perf;

import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs workloads, each in several JVMs of its own, and prints one table. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure rates, warm: every workload in several fresh JVMs, in processor time of its one thread or, where it says so,",
            "on the wall clock. A figure is the median of 7 runs in a JVM; all JVMs are shown. Every run checks its result."
        })
public final class Bench implements Callable<Integer> {
    @Parameters(
            paramLabel = "WORKLOAD",
            arity = "0..*",
            description = "What to measure; everything if nothing is named. Known: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Names.class)
    private List<String> names = List.of();

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "5",
            description = "JVMs per workload. Default: ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--in-turns",
            description = {
                "Run one JVM of each workload, then the next one of each, and so on, so that what the machine does meanwhile",
                "meets all of them; and show the ratio of the first workload's rate to each other one's, turn by turn."
            })
    private boolean inTurns;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "../shared/data",
            description = "Folder with real market data; workloads that need it are left out where it is absent."
                    + " Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Spec
    private CommandSpec spec;

    /** The workloads that can be named. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(Workloads.keys());
        }
    }

    private Bench() {}

    /**
     * The process's entry point.
     *
     * @param args options and workloads.
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Bench()).setUsageHelpWidth(110).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintStream out = System.out;
        out.println("machine: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        out.println("JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        out.println("flags: " + flags().collect(Collectors.joining(" ")));
        out.println("not included: start-up, warm-up, what a workload reads or makes before it is run");
        out.println();
        final List<Workloads> possible = new ArrayList<>();
        for (final Workloads workload : chosen()) {
            if (workload.isPossible(data)) {
                possible.add(workload);
            } else {
                out.println(workload.key() + ": left out, " + Workloads.aaplHour(data) + " is absent");
            }
        }
        if (inTurns) {
            return measure(possible, out) ? ExitCode.OK : ExitCode.CHECK;
        }
        boolean isComplete = true;
        for (final Workloads workload : possible) {
            isComplete &= measure(List.of(workload), out);
        }
        return isComplete ? ExitCode.OK : ExitCode.CHECK;
    }

    private List<Workloads> chosen() {
        return names.isEmpty()
                ? Arrays.asList(Workloads.values())
                : names.stream().map(this::named).collect(Collectors.toList());
    }

    private Workloads named(final String name) {
        if (!Workloads.keys().contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no workload '" + name + "'; choose from " + String.join(", ", Workloads.keys()));
        }
        return Workloads.of(name);
    }

    /** Measures workloads in turns, and shows each and how the first one compares. */
    private boolean measure(final List<Workloads> workloads, final PrintStream out)
            throws IOException, InterruptedException {
        final double[][] rates = new double[workloads.size()][forks];
        for (int turn = 0; turn < forks; turn++) {
            for (int i = 0; i < rates.length; i++) {
                rates[i][turn] = fork(workloads.get(i), out);
            }
        }
        boolean isComplete = true;
        for (int i = 0; i < rates.length; i++) {
            isComplete &= print(workloads.get(i), rates[i], out);
        }
        for (int i = 1; i < rates.length && isComplete; i++) {
            printRatio(workloads.get(0), rates[0], workloads.get(i), rates[i], out);
        }
        return isComplete;
    }

    private boolean print(final Workloads workload, final double[] rates, final PrintStream out) {
        if (DoubleStream.of(rates).anyMatch(Double::isNaN)) {
            out.println(workload.key() + ": FAILED, see the message above");
            return false;
        }
        out.printf(
                Locale.ROOT,
                "%-24s %8s %s/s  median of %d forks: %s  (%s)%n",
                workload.key(),
                Progress.rate(median(rates)),
                workload.unit(),
                forks,
                DoubleStream.of(rates)
                        .mapToObj(Progress::rate)
                        .map(String::trim)
                        .collect(Collectors.joining(", ")),
                workload.title());
        return true;
    }

    private static void printRatio(
            final Workloads first,
            final double[] firstRates,
            final Workloads other,
            final double[] otherRates,
            final PrintStream out) {
        final double[] ratios = new double[firstRates.length];
        Arrays.setAll(ratios, turn -> firstRates[turn] / otherRates[turn]);
        out.printf(
                Locale.ROOT,
                "%s / %s: %.3f, ratio of the medians; median of the turns %.3f: %s%n",
                first.key(),
                other.key(),
                median(firstRates) / median(otherRates),
                median(ratios),
                DoubleStream.of(ratios)
                        .mapToObj(ratio -> String.format(Locale.ROOT, "%.3f", ratio))
                        .collect(Collectors.joining(", ")));
    }

    private static double median(final double[] values) {
        return DoubleStream.of(values).sorted().toArray()[values.length / 2];
    }

    private double fork(final Workloads workload, final PrintStream out) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        flags().forEach(command::add);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), Fork.class.getName(), workload.key(), data.toString()));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        double rate = Double.NaN;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rate = Fork.rate(line);
                final String remark = Fork.remark(line);
                if (remark != null) {
                    out.println(workload.key() + ": " + remark);
                }
            }
        }
        return process.waitFor() == 0 ? rate : Double.NaN;
    }

    /** The JVM flags of this process, which its forks share; those that only place classes are left out. */
    private static Stream<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Dtapedeck.") && !flag.startsWith("-XX:SharedArchiveFile"));
    }

    private static String processor() throws IOException {
        final Path cpuInfo = Path.of("/proc/cpuinfo");
        if (!Files.exists(cpuInfo)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
