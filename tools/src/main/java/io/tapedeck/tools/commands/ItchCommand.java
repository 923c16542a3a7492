package io.tapedeck.tools.commands;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.engine.pipeline.CountersFile;
import io.tapedeck.engine.pipeline.CpuPinning;
import io.tapedeck.engine.pipeline.ThreadPins;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.run.Pace;
import io.tapedeck.engine.session.ParallelWork;
import io.tapedeck.feed.glimpse.GlimpseCounter;
import io.tapedeck.feed.itch.FeedContext;
import io.tapedeck.feed.itch.ItchFeed;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.playback.ConsumerPair;
import io.tapedeck.feed.playback.PlaybackClock;
import io.tapedeck.feed.playback.TapePlayer;
import io.tapedeck.feed.recovery.RequestCounter;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes tapes as an ITCH feed. */
@Command(
        name = "itch",
        description = {
            "Publish a journal of format 2, or all tapes of a data set, as ITCH over MoldUDP64: day after day, each unit's",
            "day as a session of its own, at any pace. A tape that is still being written can be followed to its end."
        })
public final class ItchCommand extends BaseCommand {
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final String PLAYER = "player";
    private static final long PROGRESS_INTERVAL_MS = 100;

    @Parameters(paramLabel = "PATH", description = "Journal of format 2, or folder of a data set.")
    private Path path;

    @Option(
            names = "--multicast-group",
            paramLabel = "GROUP",
            defaultValue = "239.1.1.1",
            description = "Group to send to. Default: ${DEFAULT-VALUE}.")
    private String group;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "5001",
            description = "Port of the group; unit N takes PORT + N. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--unicast-dest",
            paramLabel = "HOST:PORT",
            description = "Send every packet to this host as well; unit N takes PORT + N.")
    private String unicast;

    @Option(names = "--no-multicast", description = "Send to no group, but only to the host of --unicast-dest.")
    private boolean noMulticast;

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            defaultValue = "max",
            description =
                    "How fast the recorded time goes by: max, or a multiple of the wall clock's, 1x, 100x. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String speed;

    @Option(
            names = "--follow",
            description = "Wait for more where a tape is still being written, until its writer closes it.")
    private boolean follow;

    @Mixin
    private FeedOptions options;

    @Mixin
    private ProcessOptions process;

    private final OperatorListener listener = new OperatorListener();
    private ThreadPins pins;

    private final List<ItchFeed> feeds = new ArrayList<>();
    private final List<String> sessions = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        final FeedContext context = options.context(destinations());
        final Pace pace = Pace.parse(speed);
        final List<List<Path>> days = FeedTapes.days(path);
        for (final List<Path> day : days) {
            context.check(day.size());
        }
        final int units = days.stream().mapToInt(List::size).max().orElse(0);
        pins = process.pins(FeedOptions.threads(PLAYER, context), units);
        context.pins(pins, listener);
        final Path countersFile = process.countersFile(null);
        if (countersFile != null) {
            context.counters(CountersFile.create(countersFile, ProcessOptions.MAX_COUNTERS));
        }
        final long startNs = System.nanoTime();
        try (StopSignal stop = new StopSignal();
                Progress progress = Progress.start(messages(), "publishing", "messages")) {
            for (int i = 0; i < days.size() && !stop.isStopped(); i++) {
                play(days.get(i), context, pace, stop, progress);
            }
            progress.clear();
            report((System.nanoTime() - startNs) / 1e9, stop.isStopped()).print(out(), json());
            stop.complete(ExitCode.OK);
            return ExitCode.OK;
        }
    }

    private List<UdpEndpoint> destinations() {
        if (noMulticast && unicast == null) {
            throw usage("--no-multicast leaves nowhere to send to; name a host with --unicast-dest");
        }
        final List<UdpEndpoint> destinations = new ArrayList<>();
        if (!noMulticast) {
            destinations.add(UdpEndpoint.parse(group + ":" + port));
        }
        if (unicast != null) {
            destinations.add(UdpEndpoint.parse(unicast));
        }
        return destinations;
    }

    /** The units of a day side by side, a thread for each. */
    private void play(
            final List<Path> files,
            final FeedContext context,
            final Pace pace,
            final StopSignal stop,
            final Progress progress)
            throws IOException, InterruptedException {
        final AtomicBoolean hasFailed = new AtomicBoolean();
        final PlaybackClock clock = new PlaybackClock(pace, SystemNanoClock.INSTANCE);
        final ExecutorService executor = Executors.newFixedThreadPool(files.size());
        try {
            final List<Future<Void>> futures = new ArrayList<>();
            for (final Path file : files) {
                final FeedTapes.OpenTape tape = FeedTapes.open(file, follow);
                final ItchFeed feed = openFeed(tape, context);
                final BatchConsumer consumer =
                        feed.snapshotTaker() == null ? feed : new ConsumerPair(feed, feed.snapshotTaker());
                final TapePlayer player = new TapePlayer(
                        tape.source(),
                        consumer,
                        clock,
                        follow,
                        () -> hasFailed.get() || stop.isStopped(),
                        new BackoffIdleStrategy(10, 20, MIN_PARK_NS, MAX_PARK_NS));
                futures.add(executor.submit(() -> play(tape, feed, consumer, player)));
            }
            executor.shutdown();
            while (!executor.awaitTermination(PROGRESS_INTERVAL_MS, TimeUnit.MILLISECONDS)) {
                progress.update(count(PublisherCounter.MESSAGES), Double.NaN);
            }
            ParallelWork.await(futures, () -> hasFailed.set(true));
        } finally {
            hasFailed.set(true);
            executor.shutdown();
        }
    }

    private ItchFeed openFeed(final FeedTapes.OpenTape tape, final FeedContext context) throws IOException {
        try {
            final ItchFeed feed = ItchFeed.open(
                    context,
                    MoldSession.of(tape.metadata().sessionName()),
                    tape.metadata().unit(),
                    InstrumentTable.of(tape.metadata().instruments()),
                    tape.file());
            feeds.add(feed);
            sessions.add(tape.metadata().sessionName());
            return feed;
        } catch (final IOException | RuntimeException ex) {
            tape.source().close();
            throw ex;
        }
    }

    private Void play(
            final FeedTapes.OpenTape tape, final ItchFeed feed, final BatchConsumer consumer, final TapePlayer player)
            throws IOException {
        final int unit = tape.metadata().unit();
        Thread.currentThread().setName("tapedeck-u" + unit + "-" + PLAYER);
        CpuPinning.pinCurrentThread(pins.cpu(unit, PLAYER), listener);
        boolean isWhole = false;
        final EventSource source = tape.source();
        try (source) {
            isWhole = player.play() == TapePlayer.Ending.ENDED;
        } finally {
            if (!isWhole) {
                feed.abandon();
            }
            consumer.onClose();
        }
        return null;
    }

    private long count(final PublisherCounter counter) {
        return feeds.stream().mapToLong(feed -> feed.count(counter)).sum();
    }

    private long count(final RequestCounter counter) {
        return feeds.stream().mapToLong(feed -> feed.count(counter)).sum();
    }

    private long count(final GlimpseCounter counter) {
        return feeds.stream().mapToLong(feed -> feed.count(counter)).sum();
    }

    private Report report(final double seconds, final boolean isStopped) {
        final long published = count(PublisherCounter.MESSAGES);
        final Report report = new Report()
                .add("path", "path", path.toString())
                .add("sessions", "sessions", sessions, String.join(", ", sessions))
                .add(
                        "messages",
                        "messages",
                        published,
                        published + (isStopped ? "; stopped by a signal, receivers are not told of an end" : ""))
                .addHidden("stopped", isStopped)
                .add("packets", "packets", count(PublisherCounter.PACKETS))
                .add("bytes", "bytes", count(PublisherCounter.BYTES))
                .add("heartbeats", "heartbeats", count(PublisherCounter.HEARTBEATS))
                .add("refused", "records that are no message", count(PublisherCounter.REFUSED))
                .add("sendRetries", "times the send buffer was full", count(PublisherCounter.SEND_RETRIES))
                .add("seconds", "seconds", seconds)
                .add("messagesPerSecond", "messages/s", published / seconds, Progress.rate(published / seconds));
        FeedReport.addRequests(report, this::count);
        FeedReport.addSnapshots(report, this::count);
        return report;
    }
}
