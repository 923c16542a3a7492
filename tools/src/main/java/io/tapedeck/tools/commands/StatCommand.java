package io.tapedeck.tools.commands;

import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.StopSignal;
import io.tapedeck.tools.counters.CounterLabel;
import io.tapedeck.tools.counters.CountersCollector;
import io.tapedeck.tools.counters.CountersLook;
import io.tapedeck.tools.counters.CountersWatch;
import io.tapedeck.tools.counters.MetricsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the counters of another process. */
@Command(
        name = "stat",
        description = {
            "Show the counters of a run, a publisher or a listener from outside, while it is at work or afterwards. Nothing is",
            "asked of that process: it goes on as if nobody looked."
        })
public final class StatCommand extends BaseCommand {
    private static final int MAX_PORT = 65_535;

    @Parameters(paramLabel = "PATH", description = "Counters file, or folder of a run.")
    private Path path;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            description = "Look again and again after so long, with rates in between, until the process has ended.")
    private Double watchSeconds;

    @Option(names = "--count", paramLabel = "N", description = "With --watch: end after so many looks.")
    private Long count;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Serve the counters to Prometheus at http://localhost:PORT/metrics until a signal comes; 0 takes"
                            + " any free port.")
    private Integer metricsPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        refuseContradictions();
        final CountersWatch watch =
                new CountersWatch(Files.isDirectory(path) ? path.resolve(TapeRun.COUNTERS_FILE_NAME) : path);
        try (StopSignal stop = new StopSignal()) {
            final CountDownLatch stopped = new CountDownLatch(1);
            stop.onStop(stopped::countDown);
            if (metricsPort != null) {
                serve(watch, stopped);
            } else {
                show(watch, stopped);
            }
            stop.complete(ExitCode.OK);
            return ExitCode.OK;
        }
    }

    private void refuseContradictions() {
        if (watchSeconds != null && !(watchSeconds >= 0.01)) {
            throw usage("--watch must be 0.01 or more: " + watchSeconds);
        }
        if (count != null && (watchSeconds == null || count < 1)) {
            throw usage("--count goes with --watch, and must be 1 or more: " + count);
        }
        if (metricsPort != null && (watchSeconds != null || metricsPort < 0 || metricsPort > MAX_PORT)) {
            throw usage("--metrics-port must be 0 to " + MAX_PORT + ", and goes without --watch: " + metricsPort);
        }
    }

    private void serve(final CountersWatch watch, final CountDownLatch stopped)
            throws IOException, InterruptedException {
        try (MetricsServer server = MetricsServer.start(new CountersCollector(watch), metricsPort)) {
            out().println("http://localhost:" + server.port() + "/metrics");
            out().flush();
            stopped.await();
        }
    }

    private void show(final CountersWatch watch, final CountDownLatch stopped)
            throws IOException, InterruptedException {
        CountersLook before = null;
        for (long looks = 1; ; looks++) {
            final CountersLook look = watch.look();
            report(look, before != null && before.startMs() == look.startMs() ? before : null)
                    .print(out(), json());
            if (watchSeconds == null || count != null && looks >= count || !look.isAlive()) {
                return;
            }
            before = look;
            if (stopped.await((long) (watchSeconds * 1e3), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private static Report report(final CountersLook look, final CountersLook before) {
        final long ageSeconds = Math.max(0, (look.takenMs() - look.startMs()) / 1_000);
        final Report report = new Report()
                .addHidden("pid", look.pid())
                .addHidden("alive", look.isAlive())
                .addHidden("startMs", look.startMs())
                .addHidden("ageSeconds", ageSeconds)
                .line("process " + look.pid() + ", "
                        + (look.isAlive() ? "at work for " + ageSeconds + " s" : "has ended")
                        + ", counting since "
                        + Instant.ofEpochMilli(look.startMs()).truncatedTo(ChronoUnit.SECONDS)
                        + (look.counters().isEmpty() ? "; nothing is counted yet" : ""));
        final Map<String, Long> values = new LinkedHashMap<>();
        final Map<String, Double> rates = new LinkedHashMap<>();
        look.counters().forEach((label, value) -> {
            final String name = label.toString();
            values.put(name, value);
            final Double rate = before == null ? null : rate(label, value, look, before);
            if (rate != null) {
                rates.put(name, rate);
            }
            report.line(String.format(
                    Locale.ROOT,
                    "  %-34s %,20d%s",
                    name,
                    value,
                    rate == null ? "" : String.format(Locale.ROOT, " %,18.1f/s", rate)));
        });
        report.addHidden("counters", values);
        if (before != null) {
            report.addHidden("perSecond", rates);
        }
        return report;
    }

    /** A lag has no rate, nor has what is new. */
    private static Double rate(
            final CounterLabel label, final long value, final CountersLook look, final CountersLook before) {
        final Long earlier = before.counters().get(label);
        return earlier == null || label.name().equals(CountersLook.LAG)
                ? null
                : (value - earlier) * 1e9 / Math.max(1, look.takenNs() - before.takenNs());
    }
}
