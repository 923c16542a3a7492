package io.tapedeck.tools.commands;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.itch.FeedBooks;
import io.tapedeck.feed.itch.FeedListener;
import io.tapedeck.feed.itch.ItchPrinter;
import io.tapedeck.feed.itch.ListenerContext;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.StopSignal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Joins a feed and follows it to the end of its session. */
@Command(
        name = "listen",
        description = {
            "Join an ITCH feed over MoldUDP64 and follow it to the end of its session: print every message, or count them and",
            "rebuild the books. Exit code 4 if messages are missing."
        })
public final class ListenCommand extends BaseCommand {
    /** More gaps than this are only counted. */
    private static final int MAX_SHOWN_GAPS = 20;

    @Option(
            names = "--multicast-group",
            paramLabel = "GROUP",
            defaultValue = "239.1.1.1",
            description = "Group to join. Default: ${DEFAULT-VALUE}.")
    private String group;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "5001", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--no-multicast",
            description = "Join no group, but take what is sent to this host's loopback address.")
    private boolean unicast;

    @Option(
            names = "--itch-interface",
            paramLabel = "NAME",
            description = "Network interface to join on. Default: loopback.")
    private String interfaceName;

    @Option(names = "--print", description = "Print every message to standard output.")
    private boolean print;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Give up when nothing comes for so long; a feed sends something every second. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    /** What came, for the summary; hands every message on. */
    private static final class Recorder implements MoldHandler {
        private final FeedBooks books = new FeedBooks();
        private final ItchPrinter printer;
        private final List<String> gaps = new ArrayList<>();
        private final List<String> sessions = new ArrayList<>();

        Recorder(final ItchPrinter printer) {
            this.printer = printer;
        }

        @Override
        public void onSession(final MoldSession session) {
            sessions.add(session.toString());
            books.onSession(session);
        }

        @Override
        public void onMessage(
                final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
            books.onMessage(sequence, buffer, offset, length);
            if (printer != null) {
                printer.onMessage(sequence, buffer, offset, length);
            }
        }

        @Override
        public void onGap(final long first, final long last) {
            if (gaps.size() < MAX_SHOWN_GAPS) {
                gaps.add(first == last ? Long.toString(first) : first + "-" + last);
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        if (timeoutSeconds < 1) {
            throw usage("--timeout must be 1 or more: " + timeoutSeconds);
        }
        final UdpContext udp = new UdpContext(UdpEndpoint.parse((unicast ? "127.0.0.1" : group) + ":" + port));
        final ListenerContext context = new ListenerContext(
                        interfaceName == null ? udp : udp.interfaceName(interfaceName))
                .idleTimeoutNs(TimeUnit.SECONDS.toNanos(timeoutSeconds));
        final Recorder recorder = new Recorder(print ? new ItchPrinter(out()) : null);
        try (StopSignal stop = new StopSignal();
                FeedListener listener = new FeedListener(context, recorder)) {
            stop.onStop(listener::stop);
            if (messages() != null) {
                messages()
                        .println("listening on " + listener.endpoint() + ", receive buffer "
                                + listener.receiveBufferLength() / 1024 + " KiB");
                messages().flush();
            }
            final boolean ended = listener.listen();
            final int code = report(listener.receiver(), recorder, ended);
            stop.complete(code);
            return code;
        }
    }

    private int report(final MoldReceiver receiver, final Recorder recorder, final boolean ended) {
        final Map<String, String> hashes = new LinkedHashMap<>();
        recorder.books.hashes().forEach((symbol, hash) -> hashes.put(symbol, String.format("%016x", hash)));
        final Report report = new Report()
                .add("session", "session", String.join(", ", recorder.sessions))
                .add("ended", "ended by the publisher", ended)
                .add("messages", "messages", receiver.messageCount())
                .add("packets", "packets", receiver.packetCount())
                .add("missing", "messages missing", receiver.missingMessageCount())
                .add(
                        "gaps",
                        "gaps",
                        recorder.gaps,
                        receiver.gapCount()
                                + (recorder.gaps.isEmpty()
                                        ? ""
                                        : ": " + String.join(", ", recorder.gaps)
                                                + (receiver.gapCount() > recorder.gaps.size() ? ", ..." : "")))
                .add("duplicates", "messages that came again", receiver.duplicateMessageCount())
                .add("malformed", "malformed packets", receiver.malformedPacketCount())
                .add("otherSession", "packets of other sessions", receiver.otherSessionPacketCount())
                .add(
                        "unknownReferences",
                        "unknown order references",
                        recorder.books.builder().unknownReferenceCount())
                .add("bookHashes", "books", hashes, Integer.toString(hashes.size()));
        hashes.forEach((symbol, hash) -> report.line(String.format("    %-8s hash %s", symbol, hash)));
        if (!print || json()) {
            report.print(out(), json());
        }
        return receiver.missingMessageCount() == 0 ? ExitCode.OK : ExitCode.CHECK;
    }
}
