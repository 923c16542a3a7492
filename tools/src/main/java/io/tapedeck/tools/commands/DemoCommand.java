package io.tapedeck.tools.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.run.UnitDayResult;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.feed.itch.FeedContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.tape.TapeFormat;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.CheckFailedException;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.StopSignal;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job on one screen: simulate, record, publish, listen, replay, compare. */
@Command(
        name = "demo",
        description = {
            "Simulate a trading day of three symbols through a ring into a journal and a loopback multicast feed, follow the",
            "feed with a listener in a second JVM that asks again for what it loses, replay the journal, and compare",
            "everybody's books. Exit code 4 if a message is missing or a book differs."
        })
public final class DemoCommand extends BaseCommand {
    private static final Path DEFAULT_OUTPUT = Path.of("output", "demo");
    private static final String GROUP = "239.1.1.1";
    private static final List<RunSecurity> SECURITIES =
            List.of(new RunSecurity("AAPL", 10_000), new RunSecurity("MSFT", 15_000), new RunSecurity("GOOG", 20_000));

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            converter = SeedConverter.class,
            description = "Seed of the run. Default: ${DEFAULT-VALUE}.")
    private Long seed;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "23400",
            description = "Length of the day. Default: ${DEFAULT-VALUE}, 09:30 to 16:00.")
    private int sessionSeconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200000",
            description =
                    "Messages per second of the feed; 0 for no limit. What a listener that is too slow loses is sent"
                            + " again; the default leaves it room on two processors. Default: ${DEFAULT-VALUE}.")
    private long messagesPerSecond;

    @Option(
            names = "--no-recovery",
            description = "Let the listener ask for nothing, so that what it loses is missing in its books.")
    private boolean noRecovery;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where to write. Default: output/demo, overwritten each time.")
    private Path output;

    @Option(names = "--force", description = "Overwrite a run in the directory given with --output.")
    private boolean force;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Path directory = output == null ? DEFAULT_OUTPUT : output;
        final int port;
        final UdpEndpoint requests;
        try (DatagramSocket line = new DatagramSocket(0);
                DatagramSocket server = new DatagramSocket(0)) {
            port = line.getLocalPort();
            requests = UdpContext.ownEndpoint(null, server.getLocalPort());
        }
        final FeedConsumers feed = new FeedConsumers(new FeedContext()
                .line(new UdpContext(UdpEndpoint.parse(GROUP + ":" + port)))
                .requests(noRecovery ? null : new UdpContext(requests))
                .messagesPerSecond(messagesPerSecond));
        final RecordBookBuilder engineBooks = new RecordBookBuilder(new OrderBooks());
        final UnitConsumers consumers = (pipeline, day) -> {
            feed.addTo(pipeline, day);
            pipeline.gating("books", engineBooks);
        };
        try (StopSignal stop = new StopSignal();
                ListenerProcess listener = noRecovery
                        ? ListenerProcess.start(mainClass(), GROUP, port)
                        : ListenerProcess.start(mainClass(), GROUP, port, "--itch-request", requests.toString())) {
            final TapeRunSummary run = run(directory, consumers, stop);
            if (run.isStopped()) {
                stop.complete(ExitCode.FAILED);
                throw new IllegalStateException("the demo was stopped before its end");
            }
            if (!run.isClean()) {
                throw new IllegalStateException(
                        "a consumer failed: " + run.days().get(0).pipeline());
            }
            final JsonNode heard = listener.await();
            final UnitDayResult day = run.days().get(0);
            final long replayStartNs = System.nanoTime();
            final RecordBookBuilder replayed = replay(day.file());
            final long replayNs = System.nanoTime() - replayStartNs;
            final int code = report(directory, listener, run, feed, engineBooks, heard, replayed, replayNs);
            stop.complete(code);
            return code;
        }
    }

    private String mainClass() {
        return spec.root().userObject().getClass().getName();
    }

    private TapeRunSummary run(final Path directory, final UnitConsumers consumers, final StopSignal stop)
            throws IOException, InterruptedException {
        try (RunProgress progress = new RunProgress(messages(), 1, 1)) {
            return TapeRun.run(new TapeRun.Context()
                    .outputDirectory(directory)
                    .parameters(SessionParameters.builder()
                            .sessionSeconds(sessionSeconds)
                            .build())
                    .securities(SECURITIES)
                    .seed(seed)
                    .days(1)
                    .force(output == null || force)
                    .consumers(consumers)
                    .stop(stop::isStopped)
                    .progress(progress));
        }
    }

    private static RecordBookBuilder replay(final Path file) throws IOException {
        for (final Finding finding : TapeFormat.of(file).verify(file)) {
            if (finding.severity() == Finding.Severity.DAMAGE) {
                throw new CheckFailedException(file + " was just written and is damaged: " + finding);
            }
        }
        final RecordBookBuilder books = new RecordBookBuilder(new OrderBooks());
        try (Format2Reader reader = Format2Reader.open(file)) {
            reader.forEach(books::onBatch);
        }
        return books;
    }

    private int report(
            final Path directory,
            final ListenerProcess listener,
            final TapeRunSummary run,
            final FeedConsumers feed,
            final RecordBookBuilder engineBooks,
            final JsonNode heard,
            final RecordBookBuilder replayed,
            final long replayNs) {
        final UnitDayResult day = run.days().get(0);
        final int tickSize = day.day().instruments().get(0).tickSize();
        final List<String> engine = hashes(engineBooks, tickSize);
        final List<String> fromTape = hashes(replayed, tickSize);
        final List<String> fromFeed = new ArrayList<>();
        SECURITIES.forEach(security ->
                fromFeed.add(heard.path("bookHashes").path(security.symbol()).asText("none")));
        final long missing = heard.path("missing").asLong();
        final long recovered = heard.path("recovered").asLong();
        final boolean agree = engine.equals(fromTape) && engine.equals(fromFeed);
        final double seconds = day.elapsedNs() / 1e9;
        final Report report = new Report();
        report.line("Tapedeck demo: a simulated trading day of three symbols, on tape and on the wire")
                .line("");
        row(report, "", i -> SECURITIES.get(i).symbol());
        report.line("1 simulate: a queue model for each symbol, order by order, through one ring");
        row(report, "model events", i -> number(day.symbols().get(i).modelEventCount()));
        row(
                report,
                "opening, closing price",
                i -> price(day.symbols().get(i).openingPriceTicks()) + ", "
                        + price(day.symbols().get(i).closePriceTicks()));
        row(report, "hash of the engine's book", engine::get);
        report.line("2 record: every record into a journal (LZ4 chunks, each with its checksum)")
                .line(String.format(
                        Locale.ROOT,
                        "    %,d records, %,d bytes, %.2f bytes a record",
                        day.entry().recordCount(),
                        day.entry().lengthBytes(),
                        (double) day.entry().lengthBytes() / day.entry().recordCount()))
                .line(String.format(
                        Locale.ROOT,
                        "3 publish: ITCH 5.0 over MoldUDP64 to %s, session %s, %s",
                        GROUP,
                        day.day().sessionName(),
                        messagesPerSecond == 0
                                ? "as fast as it goes"
                                : "held to " + number(messagesPerSecond) + " messages/s"))
                .line(String.format(
                        Locale.ROOT,
                        "    %,d messages in %,d packets, %s messages/s on average",
                        feed.count(PublisherCounter.MESSAGES),
                        feed.count(PublisherCounter.PACKETS),
                        Progress.rate(feed.count(PublisherCounter.MESSAGES) / seconds)))
                .line("4 listen: another JVM (process " + listener.pid()
                        + ") that knows ITCH and nothing of the engine")
                .line(String.format(
                        Locale.ROOT,
                        "    %,d messages heard, %,d of them recovered, %,d missing, %,d unknown order references",
                        heard.path("messages").asLong(),
                        recovered,
                        missing,
                        heard.path("unknownReferences").asLong()));
        row(report, "hash of its book", fromFeed::get);
        report.line("5 replay: the journal, read back with all checks");
        row(report, "hash of the replayed book", fromTape::get);
        report.line("").line(verdict(missing, recovered, agree, !noRecovery)).line("");
        report.line(String.format(
                        Locale.ROOT,
                        "  %.1f s for %,d s of market; replay with all checks and books %s records/s",
                        seconds,
                        sessionSeconds,
                        Progress.rate(day.entry().recordCount() * 1e9 / replayNs)))
                .line("  the tape is in " + directory + "; next: scripts/tapedeck info " + directory);
        return print(report, run, engine, fromFeed, fromTape, missing, recovered, agree);
    }

    private int print(
            final Report report,
            final TapeRunSummary run,
            final List<String> engine,
            final List<String> fromFeed,
            final List<String> fromTape,
            final long missing,
            final long recovered,
            final boolean agree) {
        final Map<String, Object> hashes = new LinkedHashMap<>();
        for (int i = 0; i < SECURITIES.size(); i++) {
            hashes.put(
                    SECURITIES.get(i).symbol(),
                    Map.of("engine", engine.get(i), "listener", fromFeed.get(i), "replay", fromTape.get(i)));
        }
        report.addHidden("records", run.recordCount())
                .addHidden("bytes", run.lengthBytes())
                .addHidden("missing", missing)
                .addHidden("recovered", recovered)
                .addHidden("bookHashes", hashes)
                .addHidden("booksEqual", agree)
                .addHidden("seconds", run.elapsedNs() / 1e9)
                .print(out(), json());
        return agree && missing == 0 ? ExitCode.OK : ExitCode.CHECK;
    }

    /** What came of it, in a line; {@code asked} says whether the listener could ask for what it lost. */
    static String verdict(final long missing, final long recovered, final boolean agree, final boolean asked) {
        if (missing > 0) {
            return "  THE LISTENER MISSED " + missing + " MESSAGES"
                    + (asked
                            ? ", AND ASKING DID NOT HELP: this machine needs a lower --rate."
                            : ": without recovery this machine needs a lower --rate.");
        }
        if (!agree) {
            return "  THE BOOKS DIFFER: feed or tape do not describe what the engine did.";
        }
        return (recovered == 0 ? "  Nothing was lost" : "  What was lost on the way was sent again")
                + ", and the three books of every symbol are equal, order by order.";
    }

    private static List<String> hashes(final RecordBookBuilder books, final int tickSize) {
        final List<String> hashes = new ArrayList<>();
        for (int i = 0; i < SECURITIES.size(); i++) {
            hashes.add(String.format("%016x", books.books().book(i + 1).hash(tickSize)));
        }
        return hashes;
    }

    private static void row(final Report report, final String label, final IntFunction<String> cell) {
        final StringBuilder line = new StringBuilder(String.format("    %-26s", label));
        for (int i = 0; i < SECURITIES.size(); i++) {
            line.append(String.format(" %18s", cell.apply(i)));
        }
        report.line(line.toString());
    }

    private static String number(final long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String price(final int ticks) {
        return String.format(Locale.ROOT, "%.2f", ticks / 100.0);
    }
}
