package io.tapedeck.tools.commands;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.mold.SessionName;
import io.tapedeck.engine.log.OperatorLog;
import io.tapedeck.engine.pipeline.CountersFile;
import io.tapedeck.engine.pipeline.CpuPinning;
import io.tapedeck.engine.pipeline.ThreadPins;
import io.tapedeck.feed.glimpse.GlimpseClient;
import io.tapedeck.feed.glimpse.GlimpseLogin;
import io.tapedeck.feed.itch.FeedBooks;
import io.tapedeck.feed.itch.FeedListener;
import io.tapedeck.feed.itch.FeedRecorder;
import io.tapedeck.feed.itch.ItchPrinter;
import io.tapedeck.feed.itch.ListenerContext;
import io.tapedeck.feed.mold.LineCounts;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.ReceiverContext;
import io.tapedeck.feed.mold.ReceiverCounts;
import io.tapedeck.feed.pcap.PcapWriter;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.StopSignal;
import io.tapedeck.tools.cli.VersionProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.OffsetEpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Joins a feed and follows it to the end of its session. */
@Command(
        name = "listen",
        description = {
            "Join an ITCH feed over MoldUDP64, on one line or two, and follow it to the end of its session: rebuild the books",
            "and count, print every message, record a journal or a capture. What the lines lose is asked for again when a",
            "request server is named. Exit code 4 if messages are missing."
        })
public final class ListenCommand extends BaseCommand {
    private static final OperatorLog LOG = new OperatorLog(ListenCommand.class);
    private static final String THREAD = "listener";

    /** More gaps than this are only counted. */
    private static final int MAX_SHOWN_GAPS = 20;

    private static final int BUFFER_LENGTH =
            ReceiverContext.DEFAULT_BUFFERED_PACKETS * MoldDescriptor.ETHERNET_PAYLOAD_LENGTH;
    private static final int MIN_BUFFERED_PACKETS = 512;

    @Option(
            names = "--multicast-group",
            paramLabel = "GROUP",
            defaultValue = "239.1.1.1",
            description = "Group to join. Default: ${DEFAULT-VALUE}.")
    private String group;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "5001",
            description = "Port of the feed. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--no-multicast",
            description = "Join no group, but take what is sent to this host's loopback address.")
    private boolean unicast;

    @Option(
            names = "--itch-b",
            paramLabel = "HOST:PORT",
            description = "Take line B of the feed as well, from this group or own address: each message counts once,"
                    + " from whichever line brings it first.")
    private String lineB;

    @Option(
            names = "--itch-request",
            paramLabel = "HOST:PORT",
            description = "Ask this request server for what the lines lose.")
    private String requestServer;

    @Option(
            names = "--glimpse",
            paramLabel = "HOST:PORT",
            description =
                    "Begin with a snapshot of the books from this server, and go on with the feed from there: to join"
                            + " in the middle of the day.")
    private String snapshotServer;

    @Option(
            names = "--glimpse-user",
            paramLabel = "NAME",
            defaultValue = "",
            description = "User to log in as for the snapshot, up to 6 characters. Default: none.")
    private String glimpseUser;

    @Option(
            names = "--glimpse-password",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Password of that user, up to 10 characters. Default: none.")
    private String glimpsePassword;

    @Option(
            names = "--itch-interface",
            paramLabel = "NAME",
            description = "Network interface to join on, and to ask from. Default: loopback.")
    private String interfaceName;

    @Option(
            names = "--mtu",
            paramLabel = "BYTES",
            defaultValue = "1472",
            description = "Longest packet of the feed, in bytes of payload. Default: ${DEFAULT-VALUE}.")
    private int maxPacketLength;

    @Option(
            names = "--session",
            paramLabel = "NAME",
            description = "Follow this session. Default: the first one heard.")
    private String session;

    @Option(
            names = "--give-up",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Give up what the request server has not answered for so long. Default: ${DEFAULT-VALUE}.")
    private int giveUpSeconds;

    @Option(
            names = "--fail-on-loss",
            description = "End with an error at the first messages lost, instead of going on.")
    private boolean failOnLoss;

    @Option(names = "--print", description = "Print every message to standard output.")
    private boolean print;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Record the session as a data set in this folder.")
    private Path output;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description =
                    "Date of the recorded session: 2019-12-30. Default: that in the session's name, or else today.")
    private LocalDate date;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "America/New_York",
            description = "Zone in which the recorded times count from midnight. Default: ${DEFAULT-VALUE}.")
    private ZoneId zone;

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description = "Write every packet, answers included, to this capture file.")
    private Path pcap;

    @Option(names = "--force", description = "Replace the data set or the capture file that is there.")
    private boolean force;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Give up when nothing comes for so long; a feed sends something every second. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Option(
            names = "--end-with-input",
            description = "End when standard input does: for a program that starts a listener and must not leave it"
                    + " behind, whatever becomes of itself.")
    private boolean endWithInput;

    @Mixin
    private ProcessOptions process;

    /** What came, for the summary; hands every message on. */
    private static final class Audience implements MoldHandler {
        private final FeedBooks books = new FeedBooks();
        private final ItchPrinter printer;
        private final FeedRecorder recorder;
        private final boolean isAsking;
        private final List<String> gaps = new ArrayList<>();
        private final List<String> sessions = new ArrayList<>();

        Audience(final ItchPrinter printer, final FeedRecorder recorder, final boolean isAsking) {
            this.printer = printer;
            this.recorder = recorder;
            this.isAsking = isAsking;
        }

        @Override
        public void onSession(final MoldSession session) {
            sessions.add(session.toString());
            books.onSession(session);
            if (recorder != null) {
                recorder.onSession(session);
            }
        }

        @Override
        public void onMessage(
                final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
            books.onMessage(sequence, buffer, offset, length);
            if (printer != null) {
                printer.onMessage(sequence, buffer, offset, length);
            }
            if (recorder != null) {
                recorder.onMessage(sequence, buffer, offset, length);
            }
        }

        @Override
        public void onGap(final long first, final long last) {
            if (gaps.size() < MAX_SHOWN_GAPS) {
                gaps.add(first == last ? Long.toString(first) : first + "-" + last);
            }
            if (isAsking) {
                LOG.warn(
                        "gap-asked-for",
                        "messages {} to {} are lost, and asking for them did not help: the books may be wrong from"
                                + " there on. See whether the request server runs and what it counts, or give it more"
                                + " time with --give-up",
                        first,
                        last);
            } else {
                LOG.warn(
                        "gap",
                        "messages {} to {} are lost: the books may be wrong from there on. Name a request server with"
                                + " --itch-request, raise net.core.rmem_max, or have the publisher limit its rate",
                        first,
                        last);
            }
            if (recorder != null) {
                recorder.onGap(first, last);
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        if (timeoutSeconds < 1 || giveUpSeconds < 1) {
            throw usage("--timeout and --give-up must be 1 or more: " + timeoutSeconds + ", " + giveUpSeconds);
        }
        if (snapshotServer != null && output != null) {
            throw usage("--output records a day from its first message; --glimpse joins in the middle of one");
        }
        try (FeedRecorder recorder = output == null
                        ? null
                        : new FeedRecorder(output, zone, this::dateOf, VersionProvider.tapeVersion(), force);
                PcapWriter capture = pcap == null
                        ? null
                        : PcapWriter.create(
                                pcap,
                                new OffsetEpochNanoClock(),
                                force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.TRUNCATE_EXISTING)) {
            return listen(recorder, capture);
        } catch (final UncheckedIOException ex) {
            throw ex.getCause();
        }
    }

    private int listen(final FeedRecorder recorder, final PcapWriter capture) throws IOException {
        final ThreadPins pins = process.pins(Set.of(THREAD), 1);
        final Audience audience = new Audience(print ? new ItchPrinter(out()) : null, recorder, requestServer != null);
        try (StopSignal stop = new StopSignal();
                FeedListener listener = new FeedListener(context().tap(capture), audience, audience.books)) {
            stop.onStop(listener::stop);
            if (endWithInput) {
                stop.watch(System.in);
            }
            CpuPinning.pinCurrentThread(pins.cpu(0, THREAD), new OperatorListener());
            if (messages() != null) {
                messages()
                        .println("listening on " + listener.endpoint()
                                + (lineB == null ? "" : " and " + listener.endpoint(1)) + ", receive buffer "
                                + listener.receiveBufferLength() / 1024 + " KiB");
                messages().flush();
            }
            final boolean ended;
            long records = 0;
            try {
                ended = listener.listen();
            } finally {
                // What was heard is recorded, also when the feed fell silent.
                records = recorder == null ? 0 : recorder.finish(count -> {});
            }
            final int code = report(listener, audience, ended, records);
            stop.complete(code);
            return code;
        }
    }

    private ListenerContext context() throws IOException {
        final ListenerContext context = new ListenerContext(udp((unicast ? "127.0.0.1" : group) + ":" + port))
                .receiver(new ReceiverContext()
                        .session(session == null ? null : MoldSession.of(session))
                        .maxPacketLength(maxPacketLength)
                        .bufferedPackets(Math.max(MIN_BUFFERED_PACKETS, BUFFER_LENGTH / Math.max(1, maxPacketLength)))
                        .giveUpNs(TimeUnit.SECONDS.toNanos(giveUpSeconds)))
                .failOnLoss(failOnLoss)
                .idleTimeoutNs(TimeUnit.SECONDS.toNanos(timeoutSeconds));
        if (lineB != null) {
            context.addLine(udp(lineB));
        }
        final Path countersFile = process.countersFile(null);
        if (countersFile != null) {
            context.counters(CountersFile.create(countersFile, ProcessOptions.MAX_COUNTERS));
        }
        if (snapshotServer != null) {
            context.snapshotServer(new GlimpseLogin(UdpEndpoint.parse(snapshotServer), glimpseUser, glimpsePassword));
        }
        return requestServer == null ? context : context.requestServer(udp(requestServer));
    }

    private UdpContext udp(final String endpoint) {
        return new UdpContext(UdpEndpoint.parse(endpoint)).interfaceName(interfaceName);
    }

    private LocalDate dateOf(final MoldSession heard) {
        final LocalDate named = SessionName.date(heard);
        if (date != null) {
            return date;
        }
        return named != null ? named : LocalDate.now(zone);
    }

    private int report(final FeedListener listener, final Audience audience, final boolean ended, final long records) {
        final ReceiverCounts counts = listener.receiver().counts();
        final Map<String, String> hashes = new LinkedHashMap<>();
        audience.books.hashes().forEach((symbol, hash) -> hashes.put(symbol, String.format("%016x", hash)));
        final Report report = new Report()
                .add("session", "session", String.join(", ", audience.sessions))
                .add("ended", "ended by the publisher", ended)
                .add("messages", "messages", counts.messageCount())
                .add("packets", "packets", counts.packetCount());
        addLine(report, "A", counts.line(0));
        if (lineB != null) {
            addLine(report, "B", counts.line(1));
        }
        if (requestServer != null) {
            report.add("requests", "requests", counts.requestCount())
                    .add("recovered", "messages recovered", counts.recoveredMessageCount());
        }
        final GlimpseClient snapshot = listener.snapshotClient();
        if (snapshot != null) {
            report.add("snapshotMessages", "messages in the snapshot", snapshot.messageCount())
                    .add("snapshotNext", "went on with message", snapshot.nextSequence());
        }
        report.add("missing", "messages missing", counts.missingMessageCount())
                .add(
                        "gaps",
                        "gaps",
                        audience.gaps,
                        counts.gapCount()
                                + (audience.gaps.isEmpty()
                                        ? ""
                                        : ": " + String.join(", ", audience.gaps)
                                                + (counts.gapCount() > audience.gaps.size() ? ", ..." : "")))
                .add("duplicates", "messages that came again", counts.duplicateMessageCount())
                .add("malformed", "malformed packets", counts.malformedPacketCount())
                .add("otherSession", "packets of other sessions", counts.otherSessionPacketCount())
                .add("overflows", "packets without room to wait", counts.overflowPacketCount())
                .add(
                        "unknownReferences",
                        "unknown order references",
                        audience.books.builder().unknownReferenceCount());
        if (audience.recorder != null) {
            report.add("records", "records", records)
                    .add("refused", "messages that are no record", audience.recorder.refusedCount())
                    .add("folder", "written to", records == 0 ? null : output.toString());
        }
        report.add("bookHashes", "books", hashes, Integer.toString(hashes.size()));
        hashes.forEach((symbol, hash) -> report.line(String.format("    %-8s hash %s", symbol, hash)));
        if (!print || json()) {
            report.print(out(), json());
        }
        return counts.missingMessageCount() == 0 ? ExitCode.OK : ExitCode.CHECK;
    }

    private static void addLine(final Report report, final String name, final LineCounts line) {
        final Map<String, Long> values = new LinkedHashMap<>();
        values.put("packets", line.packetCount());
        values.put("first", line.firstMessageCount());
        values.put("gaps", line.gapCount());
        values.put("missing", line.missingMessageCount());
        report.add(
                "line" + name,
                "line " + name,
                values,
                String.format(
                        "%,d packets, first with %,d messages, %,d missing in %,d gaps",
                        line.packetCount(), line.firstMessageCount(), line.missingMessageCount(), line.gapCount()));
    }
}
