package io.tapedeck.tools.commands;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.TimeOfDay;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rebuilds the book that a tape describes. */
@Command(
        name = "book",
        description = {
            "Rebuild the books from a journal, from the folder of a run with one session, or from an uncompressed",
            "ITCH 5.0 file (BinaryFILE framing). Without further options only a summary is shown.",
            "Prices in the files are integers, x 10,000."
        })
public final class BookCommand extends BaseCommand {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_INTERVAL_SECONDS = 86_400;

    @Parameters(paramLabel = "PATH", description = "Journal, folder of a run, or ITCH file.")
    private Path path;

    @Option(
            names = "--bbo",
            paramLabel = "FILE",
            description =
                    "Write the best bid and offer at every change: after_event,timestamp_ns,symbol,best_ask,ask_quantity,"
                            + "best_bid,bid_quantity. Order-level tapes begin after the start of market hours. - is standard output.")
    private Path bboFile;

    @Option(
            names = "--depth",
            paramLabel = "FILE",
            description =
                    "Write the full depth at the end: symbol,B|S,price,quantity,orders, sorted by the rows' bytes."
                            + " - is standard output.")
    private Path depthFile;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Stop before the first event later than this time of day: 09:45, 09:45:00.5.")
    private String at;

    @Option(
            names = "--snapshots",
            paramLabel = "SECONDS",
            description =
                    "With --depth FILE: also write the depth at every multiple of this time, to FILE with -HHMMSS before"
                            + " its suffix.")
    private Integer snapshotSeconds;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Put the books of a journal of format 2 away at the end, or at the time of --at.")
    private Path savedFile;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Begin with books that were put away, and read only the records behind them.")
    private Path resumedFile;

    @Option(names = "--force", description = "Overwrite files that are there.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        final long endNs = at == null ? Long.MAX_VALUE : TimeOfDay.parse(at);
        if (snapshotSeconds != null) {
            checkSnapshots();
        }
        final Report report = new Report().add("file", "file", path.toString());
        CorruptDataException cut = null;
        try (BookTape book = open();
                Progress progress = Progress.start(messages(), "rebuilding", "events")) {
            try {
                play(book, endNs, progress);
            } catch (final CorruptDataException ex) {
                // What came before the damage is whole; it is shown and written before the damage is reported.
                cut = ex;
            }
            progress.clear();
            if (depthFile != null) {
                book.addDepth(new DepthWriter(book.directory())).write(TextOutput.open(depthFile, force));
            }
            if (savedFile != null && cut == null) {
                save(book);
            }
            book.describe(report);
        }
        if (writesToFiles()) {
            report.print(out(), json());
        }
        if (cut != null) {
            throw cut;
        }
        return ExitCode.OK;
    }

    private void save(final BookTape book) throws IOException {
        if (!force && Files.exists(savedFile)) {
            throw new FileAlreadyExistsException(savedFile.toString());
        }
        book.save(savedFile);
    }

    private BookTape open() throws IOException {
        if (Tape.find(path).stream().allMatch(tape -> tape.kind() == Tape.Kind.FORMAT_2)) {
            return new JournalBookTape(path, resumedFile);
        }
        if (resumedFile != null) {
            throw usage("--resume goes on with a journal of format 2; 'import' makes one");
        }
        final Tape tape = Tape.findOne(path);
        return tape.kind() == Tape.Kind.ITCH ? new ItchBookTape(tape) : new QueueBookTape(tape);
    }

    private void checkSnapshots() {
        if (depthFile == null || TextOutput.isStandardOutput(depthFile)) {
            throw usage(
                    "--snapshots " + snapshotSeconds + " needs --depth FILE, from which the snapshots get their names");
        }
        if (snapshotSeconds < 1 || snapshotSeconds > MAX_INTERVAL_SECONDS) {
            throw usage("--snapshots must be 1 to " + MAX_INTERVAL_SECONDS + " seconds: " + snapshotSeconds);
        }
    }

    private boolean writesToFiles() {
        return (bboFile == null || !TextOutput.isStandardOutput(bboFile))
                && (depthFile == null || !TextOutput.isStandardOutput(depthFile));
    }

    private void play(final BookTape book, final long endNs, final Progress progress) throws IOException {
        if (snapshotSeconds != null) {
            book.giveSnapshots(
                    snapshotSeconds * NS_PER_SECOND,
                    timeNs -> book.addDepth(new DepthWriter(book.directory()))
                            .write(TextOutput.open(snapshotFile(timeNs), force)));
        }
        if (bboFile == null) {
            book.play(null, endNs, progress);
        } else {
            try (BboRecorder bbo = new BboRecorder(TextOutput.open(bboFile, force), book.directory())) {
                book.play(bbo, endNs, progress);
            }
        }
    }

    private Path snapshotFile(final long timeNs) {
        final String name = depthFile.getFileName().toString();
        final int dot = name.lastIndexOf('.') < 1 ? name.length() : name.lastIndexOf('.');
        final String time = TimeOfDay.format(timeNs).substring(0, 8).replace(":", "");
        return depthFile.resolveSibling(name.substring(0, dot) + "-" + time + name.substring(dot));
    }
}
