package io.tapedeck.tools.commands;

import io.tapedeck.engine.replay.QueueBookReplay;
import io.tapedeck.engine.session.ReferenceRun;
import io.tapedeck.engine.session.ReferenceSession;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.RunSummary;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SessionSummary;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.format1.Format1Verifier;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.CheckFailedException;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job on one screen: simulate, record, read back, rebuild, compare. */
@Command(
        name = "demo",
        description = {
            "Simulate a trading day of three symbols, record it, read the tapes back, rebuild the books and compare them",
            "with the engine's own. Exit code 4 if anything differs."
        })
public final class DemoCommand extends BaseCommand {
    private static final Path DEFAULT_OUTPUT = Path.of("output", "demo");
    private static final List<RunSecurity> SECURITIES =
            List.of(new RunSecurity("AAPL", 10_000), new RunSecurity("MSFT", 15_000), new RunSecurity("GOOG", 20_000));
    private static final int EVENTS_PER_BATCH = 4_096;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            converter = SeedConverter.class,
            description = "Seed of the first symbol. Default: ${DEFAULT-VALUE}.")
    private Long seed;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "23400",
            description = "Length of the day. Default: ${DEFAULT-VALUE}, 09:30 to 16:00.")
    private int sessionSeconds;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where to write. Default: output/demo, overwritten each time.")
    private Path output;

    @Option(names = "--force", description = "Overwrite a run in the directory given with --output.")
    private boolean force;

    /** A symbol's way through the demo. */
    private record Passage(SessionSummary written, Tape tape, QueueBookReplay rebuilt, long engineHash) {}

    /** What one stage took. */
    private record Stage(long events, long elapsedNs) {
        String rate() {
            return Progress.rate(events * 1e9 / elapsedNs).trim();
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Path directory = output == null ? DEFAULT_OUTPUT : output;
        final SessionParameters parameters =
                SessionParameters.builder().sessionSeconds(sessionSeconds).build();
        try (StopSignal stop = new StopSignal();
                RunProgress progress = new RunProgress(messages(), 1, SECURITIES.size())) {
            final RunSummary run = ReferenceRun.run(new ReferenceRun.Context()
                    .outputDirectory(directory)
                    .parameters(parameters)
                    .securities(SECURITIES)
                    .baseSeed(seed)
                    .days(1)
                    .force(output == null || force)
                    .stop(stop::isStopped)
                    .listener(progress));
            progress.clear();
            if (run.isStopped()) {
                stop.complete(ExitCode.FAILED);
                throw new IllegalStateException("the demo was stopped before its end");
            }
            final int code = check(directory, parameters, run);
            stop.complete(code);
            return code;
        }
    }

    private int check(final Path directory, final SessionParameters parameters, final RunSummary run)
            throws IOException {
        final long events = run.eventCount();
        final List<Tape> tapes = Tape.find(directory);
        final long readStartNs = System.nanoTime();
        for (final Tape tape : tapes) {
            requireSound(tape);
        }
        final Stage read = new Stage(events, System.nanoTime() - readStartNs);
        final long rebuildStartNs = System.nanoTime();
        final List<QueueBookReplay> rebuilt = new ArrayList<>();
        for (final Tape tape : tapes) {
            rebuilt.add(rebuild(tape));
        }
        final Stage rebuild = new Stage(events, System.nanoTime() - rebuildStartNs);
        final long againStartNs = System.nanoTime();
        final List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < tapes.size(); i++) {
            final SessionSummary written = run.sessions().get(i);
            passages.add(new Passage(written, tapes.get(i), rebuilt.get(i), engineHash(parameters, written)));
        }
        final Stage again = new Stage(events, System.nanoTime() - againStartNs);
        return report(directory, passages, new Stage(events, run.elapsedNs()), read, rebuild, again);
    }

    private static void requireSound(final Tape tape) throws IOException {
        for (final Finding finding : Format1Verifier.verify(tape.file())) {
            if (finding.severity() == Finding.Severity.DAMAGE) {
                throw new CheckFailedException(tape.file() + " was just written and is damaged: " + finding);
            }
        }
    }

    private static QueueBookReplay rebuild(final Tape tape) throws IOException {
        try (Format1Reader reader = Format1Reader.open(tape.file())) {
            final QueueBookReplay replay = new QueueBookReplay(reader.header());
            reader.forEach(replay::apply);
            return replay;
        }
    }

    /** Simulates a session once more, without a tape, and hashes the engine's own book after every event. */
    private static long engineHash(final SessionParameters parameters, final SessionSummary written) {
        final ReferenceSession session = new ReferenceSession(parameters);
        session.open(written.seed(), written.openingPriceTicks());
        final long[] hash = new long[1];
        while (!session.isClosed()) {
            session.generate(
                    (timestampNs, type, side, priceTicks, quantity, orderId, flags) ->
                            hash[0] = QueueBookReplay.mix(hash[0], session.book()),
                    EVENTS_PER_BATCH);
        }
        return hash[0];
    }

    private int report(
            final Path directory,
            final List<Passage> passages,
            final Stage record,
            final Stage read,
            final Stage rebuild,
            final Stage again) {
        final Report report = new Report();
        report.line("Tapedeck demo: one simulated trading day of three symbols, on tape and back")
                .line("");
        row(report, "", passages, passage -> passage.tape().symbol());
        report.line("1 simulate and record: a market model makes every event; each symbol's go to a tape of its own");
        row(report, "events", passages, passage -> number(passage.written().eventCount()));
        row(
                report,
                "bytes on tape",
                passages,
                passage -> number(passage.written().fileBytes()));
        row(
                report,
                "opening, closing price",
                passages,
                passage -> price(passage.written().openingPriceTicks()) + ", "
                        + price(passage.written().closePriceTicks()));
        report.line("2 read back: header, index, every chunk and every record checked");
        row(
                report,
                "records, all sound",
                passages,
                passage -> number(passage.rebuilt().eventCount()));
        report.line("3 rebuild: the book that the tape alone describes");
        row(
                report,
                "closing price",
                passages,
                passage -> price(passage.rebuilt().book().midTicks()));
        row(
                report,
                "best-price moves",
                passages,
                passage -> number(passage.rebuilt().moveCount()));
        row(
                report,
                "hash of all its states",
                passages,
                passage -> hash(passage.rebuilt().pathHash()));
        report.line("4 compare: the same seed simulated again without a tape; the engine's own book after every event");
        row(report, "hash of all its states", passages, passage -> hash(passage.engineHash()));
        final boolean agree = passages.stream().allMatch(DemoCommand::agrees);
        report.line("")
                .line(
                        agree
                                ? "  The rebuilt books equal the engine's after each of " + number(record.events())
                                        + " events."
                                : "  THE BOOKS DIFFER: the tape does not describe what the engine did.");
        report.line("")
                .line(String.format(
                        "  events/s from a cold start: record %s, read back %s, rebuild %s, simulate %s",
                        record.rate(), read.rate(), rebuild.rate(), again.rate()))
                .line("  the tapes are in " + directory + "; next: scripts/tapedeck info " + directory)
                .addHidden("output", directory.toString())
                .addHidden("events", record.events())
                .addHidden(
                        "sessions", passages.stream().map(DemoCommand::values).toList())
                .addHidden("recordSeconds", record.elapsedNs() / 1e9)
                .addHidden("readSeconds", read.elapsedNs() / 1e9)
                .addHidden("rebuildSeconds", rebuild.elapsedNs() / 1e9)
                .addHidden("simulateSeconds", again.elapsedNs() / 1e9)
                .addHidden("booksEqual", agree)
                .print(out(), json());
        return agree ? ExitCode.OK : ExitCode.CHECK;
    }

    private static boolean agrees(final Passage passage) {
        return passage.rebuilt().incoherence() == null
                && passage.rebuilt().pathHash() == passage.engineHash()
                && passage.rebuilt().eventCount() == passage.written().eventCount()
                && passage.rebuilt().moveCount() == passage.written().moveCount()
                && passage.rebuilt().book().midTicks() == passage.written().closePriceTicks();
    }

    private static Map<String, Object> values(final Passage passage) {
        final Map<String, Object> values = RunTable.values(passage.written());
        values.put("rebuiltHash", hash(passage.rebuilt().pathHash()));
        values.put("engineHash", hash(passage.engineHash()));
        return values;
    }

    private static void row(
            final Report report,
            final String label,
            final List<Passage> passages,
            final Function<Passage, String> cell) {
        final StringBuilder line = new StringBuilder(String.format("    %-24s", label));
        passages.forEach(passage -> line.append(String.format(" %18s", cell.apply(passage))));
        report.line(line.toString());
    }

    private static String number(final long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String price(final int ticks) {
        return String.format(Locale.ROOT, "%.2f", ticks / 100.0);
    }

    private static String hash(final long hash) {
        return String.format("%016x", hash);
    }
}
