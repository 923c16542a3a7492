package io.tapedeck.tools.commands;

import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.QueueBookReplay;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.session.ParallelWork;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.check.Finding.Severity;
import io.tapedeck.journal.check.RepairResult;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks everything about a tape that can be checked, or saves what is whole of a damaged one. */
@Command(
        name = "verify",
        description = {
            "Check a tape: header, index, checksums, every chunk, every record, and that the events make coherent books.",
            "Format 1 has no checksums, so a changed bit that makes another possible event can only show in the book."
        })
public final class VerifyCommand extends BaseCommand {
    @Parameters(paramLabel = "PATH", description = "Journal, or folder of a run.")
    private Path path;

    @Option(
            names = "--skip-book",
            description =
                    "Do not rebuild the book. For sessions with re-initialisations, which format 1 does not record.")
    private boolean skipBook;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Check so many tapes at a time. What is reported is the same for every N. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--repair",
            paramLabel = "FILE",
            description = "Write every whole chunk of a damaged file to this new one.")
    private Path repaired;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (workers < 1) {
            throw usage("--workers takes 1 or more: " + workers);
        }
        return repaired == null ? verify() : repair();
    }

    private int verify() throws IOException, InterruptedException {
        final List<Tape> tapes = Tape.find(path);
        final List<List<Finding>> found = findings(tapes);
        final Report report = new Report();
        final List<Map<String, Object>> findings = new ArrayList<>();
        boolean isSound = true;
        long records = 0;
        for (int i = 0; i < tapes.size(); i++) {
            final Tape tape = tapes.get(i);
            for (final Finding finding : found.get(i)) {
                isSound &= finding.severity() != Severity.DAMAGE;
                report.line("  " + tape.name() + ": " + finding);
                findings.add(Map.of(
                        "file", tape.file().toString(),
                        "severity", finding.severity().name(),
                        "offset", finding.offset(),
                        "text", finding.text()));
            }
        }
        if (isSound) {
            for (final Tape tape : tapes) {
                records += recordCount(tape);
            }
            report.add("records", "records", records);
        }
        report.add("sessions", "sessions", tapes.size())
                .add("findings", "findings", findings, Integer.toString(findings.size()))
                .add("sound", "sound", isSound, isSound ? "yes" : "no; 'verify --repair FILE' keeps every whole chunk")
                .print(out(), json());
        return isSound ? ExitCode.OK : ExitCode.CHECK;
    }

    /** What there is to say about each tape, in their order. */
    private List<List<Finding>> findings(final List<Tape> tapes) throws IOException, InterruptedException {
        final AtomicInteger done = new AtomicInteger();
        final AtomicBoolean hasFailed = new AtomicBoolean();
        final ExecutorService executor = Executors.newFixedThreadPool(workers);
        try (Progress progress = Progress.start(messages(), "verifying", "sessions")) {
            final List<Future<List<Finding>>> futures = new ArrayList<>();
            for (final Tape tape : tapes) {
                futures.add(executor.submit(() -> {
                    final List<Finding> findings = hasFailed.get() ? List.of() : findings(tape);
                    final int count = done.incrementAndGet();
                    progress.update(count, (double) count / tapes.size());
                    return findings;
                }));
            }
            return ParallelWork.await(futures, () -> hasFailed.set(true));
        } finally {
            executor.shutdown();
        }
    }

    private List<Finding> findings(final Tape tape) throws IOException {
        final List<Finding> findings = new ArrayList<>(tape.requireJournal().verify(tape.file()));
        final boolean isReadable = findings.stream().noneMatch(finding -> finding.severity() == Severity.DAMAGE);
        if (isReadable && !skipBook) {
            final Finding finding = tape.kind() == Tape.Kind.FORMAT_1 ? queueBook(tape) : orderBooks(tape);
            if (finding != null) {
                findings.add(finding);
            }
        }
        return findings;
    }

    private static Finding queueBook(final Tape tape) throws IOException {
        final String incoherence = incoherence(tape.file());
        return incoherence == null
                ? null
                : new Finding(
                        Severity.DAMAGE,
                        0,
                        incoherence + "; if the session was simulated with re-initialisations, use --skip-book");
    }

    /** Real data may begin in the middle of a day, so this is no damage. */
    private static Finding orderBooks(final Tape tape) throws IOException {
        final BookSink books = new BookSink(new OrderBooks(), null);
        try (EventSource source = JournalSource.open(tape.file())) {
            Replay.run(source, books, count -> {});
        }
        final long refused = books.builder().refusedCount();
        return refused == 0
                ? null
                : new Finding(
                        Severity.NOTE,
                        0,
                        refused
                                + " events name orders that are not live, or are impossible in another way; 'book' lists"
                                + " them by kind");
    }

    private static String incoherence(final Path file) throws IOException {
        try (Format1Reader reader = Format1Reader.open(file)) {
            final QueueBookReplay replay = new QueueBookReplay(reader.header());
            reader.forEach(replay::apply);
            return replay.incoherence();
        }
    }

    private static long recordCount(final Tape tape) throws IOException {
        if (tape.kind() == Tape.Kind.FORMAT_2) {
            try (EventSource source = JournalSource.open(tape.file())) {
                return source.eventCount();
            }
        }
        try (Format1Reader reader = Format1Reader.open(tape.file())) {
            return reader.recordCount();
        }
    }

    private int repair() throws IOException {
        final Tape tape = Tape.findOne(path);
        final RepairResult result = tape.requireJournal().repair(tape.file(), repaired);
        final Report report = new Report();
        result.losses().forEach(loss -> report.line("  lost: " + loss));
        report.add("records", "records kept", result.recordCount())
                .add("chunks", "chunks kept", result.chunkCount())
                .add(
                        "losses",
                        "parts lost",
                        result.losses().stream().map(Object::toString).toList(),
                        Integer.toString(result.losses().size()))
                .add("file", "written to", repaired.toString())
                .print(out(), json());
        return ExitCode.OK;
    }
}
