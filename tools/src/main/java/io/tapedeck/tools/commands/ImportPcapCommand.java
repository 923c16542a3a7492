package io.tapedeck.tools.commands;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.mold.SessionName;
import io.tapedeck.feed.itch.FeedRecorder;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.feed.mold.ReceiverCounts;
import io.tapedeck.feed.pcap.CapturePlayer;
import io.tapedeck.feed.pcap.CaptureSurvey;
import io.tapedeck.feed.pcap.CapturedFlow;
import io.tapedeck.feed.pcap.FlowFilter;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.VersionProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.MutableDirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a data set of the feed in captures. */
@Command(
        name = "pcap",
        description = {
            "Make a data set of an ITCH feed over MoldUDP64 that was captured in pcap files: one session, one tape. Lines A and",
            "B that were both captured are put together. Exit code 4 if the capture lacks messages between its first and its",
            "last."
        })
public final class ImportPcapCommand extends BaseCommand {
    /** More gaps or flows than this are only counted. */
    private static final int MAX_SHOWN = 20;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Captures, in the order in which they were made.")
    private List<Path> files;

    @Option(names = "--session", paramLabel = "NAME", description = "Take this session. Needed if there are several.")
    private String session;

    @Option(
            names = "--multicast-group",
            paramLabel = "GROUP",
            description = "Take only what was sent to this group or address. Default: all.")
    private String group;

    @Option(names = "--port", paramLabel = "PORT", description = "Take only what was sent to this port. Default: all.")
    private Integer port;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description =
                    "Date of the session: 2019-12-30. Default: that in the session's name, or else of its first packet.")
    private LocalDate date;

    @Mixin
    private ImportOptions options;

    /** Notes what is missing. */
    private static final class Notes implements MoldHandler {
        private final FeedRecorder recorder;
        private final List<String> gaps = new ArrayList<>();
        private long firstSequence;

        Notes(final FeedRecorder recorder) {
            this.recorder = recorder;
        }

        @Override
        public void onSession(final MoldSession heard) {
            recorder.onSession(heard);
        }

        @Override
        public void onMessage(
                final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
            if (firstSequence == 0) {
                firstSequence = sequence;
            }
            recorder.onMessage(sequence, buffer, offset, length);
        }

        @Override
        public void onGap(final long first, final long last) {
            if (gaps.size() < MAX_SHOWN) {
                gaps.add(first == last ? Long.toString(first) : first + "-" + last);
            }
            recorder.onGap(first, last);
        }
    }

    @Override
    public Integer call() throws IOException {
        final CaptureSurvey survey = new CaptureSurvey();
        for (final Path file : files) {
            survey.scan(file);
        }
        final List<CapturedFlow> flows = flows(survey);
        final long firstNs =
                flows.stream().mapToLong(CapturedFlow::firstNs).min().orElseThrow();
        try (FeedRecorder recorder = new FeedRecorder(
                        options.output(),
                        options.zone(),
                        heard -> dateOf(heard, firstNs),
                        VersionProvider.tapeVersion(),
                        options.isForced());
                Progress progress = Progress.start(messages(), "importing", "messages")) {
            final Notes notes = new Notes(recorder);
            try (CapturePlayer player = new CapturePlayer(flows, notes)) {
                for (final Path file : files) {
                    player.play(file, count -> progress.update(count, Double.NaN));
                }
                player.finish();
                return report(survey, flows, player.receiver(), notes, recorder.finish(count -> {}));
            }
        } catch (final UncheckedIOException ex) {
            throw ex.getCause();
        }
    }

    private LocalDate dateOf(final MoldSession heard, final long firstNs) {
        final LocalDate named = SessionName.date(heard);
        if (date != null) {
            return date;
        }
        return named != null ? named : LocalDate.ofInstant(Instant.ofEpochSecond(0, firstNs), options.zone());
    }

    private List<CapturedFlow> flows(final CaptureSurvey survey) {
        final FlowFilter filter = new FlowFilter(
                session == null ? null : MoldSession.of(session), group, port == null ? FlowFilter.ANY_PORT : port);
        final List<CapturedFlow> wanted =
                survey.flows().stream().filter(filter::accepts).collect(Collectors.toList());
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("no MoldUDP64 feed is in " + files + " as it was asked for; "
                    + survey.frameCount() + " frames, and in them: "
                    + (survey.flows().isEmpty() ? "none at all" : list(survey.flows())));
        }
        if (wanted.stream().map(CapturedFlow::session).distinct().count() > 1) {
            throw new IllegalArgumentException("several sessions were captured; choose one with --session, or flows"
                    + " with --multicast-group and --port: " + list(wanted));
        }
        return wanted;
    }

    private int report(
            final CaptureSurvey survey,
            final List<CapturedFlow> flows,
            final MoldReceiver receiver,
            final Notes notes,
            final long records) {
        final ReceiverCounts counts = receiver.counts();
        new Report()
                .add("session", "session", receiver.session().toString())
                .add(
                        "flows",
                        "flows",
                        flows.stream()
                                .map(flow -> flow.destination().toString())
                                .collect(Collectors.toList()),
                        list(flows))
                .add("packets", "packets", counts.packetCount())
                .add("heartbeats", "heartbeats", counts.heartbeatCount())
                .add("messages", "messages", counts.messageCount())
                .add("firstSequence", "number of the first", notes.firstSequence)
                .add("missing", "messages missing", counts.missingMessageCount())
                .add(
                        "gaps",
                        "gaps",
                        notes.gaps,
                        counts.gapCount()
                                + (notes.gaps.isEmpty()
                                        ? ""
                                        : ": " + String.join(", ", notes.gaps)
                                                + (counts.gapCount() > notes.gaps.size() ? ", ..." : "")))
                .add("duplicates", "messages that came again", counts.duplicateMessageCount())
                .add("ended", "ended by the publisher", receiver.isEnded())
                .add("frames", "frames of the capture", survey.frameCount())
                .add("otherFrames", "frames of something else", survey.otherCount())
                .add("fragments", "fragments skipped", survey.fragmentCount())
                .add("cutFrames", "frames not captured whole", survey.cutCount())
                .add("cutBytes", "bytes of frames cut off at the end", survey.cutBytes())
                .add("instruments", "instruments", notes.recorder.instruments().size())
                .add("records", "records", records)
                .add("refused", "messages that are no record", notes.recorder.refusedCount())
                .add("folder", "written to", options.output().toString())
                .print(out(), json());
        return counts.missingMessageCount() == 0 ? ExitCode.OK : ExitCode.CHECK;
    }

    private static String list(final List<CapturedFlow> flows) {
        return flows.stream().limit(MAX_SHOWN).map(CapturedFlow::toString).collect(Collectors.joining("; "))
                + (flows.size() > MAX_SHOWN ? "; ..." : "");
    }
}
