package io.tapedeck.tools.commands;

import io.tapedeck.engine.replay.CountSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.HashSink;
import io.tapedeck.engine.replay.parallel.ParallelReplay;
import io.tapedeck.engine.replay.parallel.ReplayTask;
import io.tapedeck.engine.replay.pipeline.ReplayPipelineBuilder;
import io.tapedeck.engine.replay.pipeline.SinkOptions;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A replay by several workers: each tape, or each instrument of each tape, by itself. Rows go into a file for each part
 * first, and the files are joined in the order of the parts.
 */
final class ParallelReplayRun {
    private final List<ReplayTask> tasks;
    private final Choice choice;
    private final SinkOptions sinkOptions;
    private final boolean isHashed;

    /** What one part comes to. */
    private record Part(ReplayTask task, long readCount, long recordCount, String hash) {}

    /** Adds the filters of a part; called by several threads. */
    @FunctionalInterface
    interface Choice {
        ReplayPipelineBuilder apply(ReplayPipelineBuilder replay, EventSource source);
    }

    /** Opens the rows of a part. */
    @FunctionalInterface
    interface PartRows {
        ReplayRows open(ReplayTask task, List<Instrument> instruments) throws IOException;
    }

    ParallelReplayRun(
            final List<Path> tapes,
            final ReplayTask.Split split,
            final Choice choice,
            final SinkOptions sinkOptions,
            final boolean isHashed)
            throws IOException {
        tasks = ReplayTask.of(tapes, split);
        this.choice = choice;
        this.sinkOptions = sinkOptions;
        this.isHashed = isHashed;
    }

    /** Does all parts and says what they came to. */
    Report run(final int workers, final Progress progress, final PartRows partRows) throws InterruptedException {
        final double total = tasks.stream().mapToLong(ReplayTask::recordCount).sum();
        final long startNs = System.nanoTime();
        final List<Part> parts = ParallelReplay.run(
                tasks,
                workers,
                (task, replay, source) -> {
                    final CountSink counted = new CountSink();
                    final HashSink hashed = isHashed ? new HashSink() : null;
                    try (ReplayRows rows = partRows.open(task, source.instruments())) {
                        final ReplayPipelineBuilder chosen =
                                choice.apply(replay, source).sink("count", counted);
                        if (hashed != null) {
                            chosen.sink("hash", hashed);
                        }
                        final long read =
                                rows.addTo(chosen, sinkOptions).build().run().readCount();
                        return new Part(task, read, counted.recordCount(), hashed == null ? null : hashed.hash());
                    }
                },
                count -> progress.update(count, count / total));
        return report(parts, workers, (System.nanoTime() - startNs) / 1e9);
    }

    private Report report(final List<Part> parts, final int workers, final double seconds) {
        final long read = parts.stream().mapToLong(Part::readCount).sum();
        final List<Object> values = new ArrayList<>();
        for (final Part part : parts) {
            final Map<String, Object> value = new LinkedHashMap<>();
            value.put("part", part.task().toString());
            value.put("file", part.task().tape().toString());
            value.put("records", part.recordCount());
            if (part.hash() != null) {
                value.put("hash", part.hash());
            }
            values.add(value);
        }
        final Report report = new Report()
                .add("parts", "parts", values, Integer.toString(parts.size()))
                .add("workers", "workers", workers)
                .add("read", "records read", read)
                .add(
                        "records",
                        "records kept",
                        parts.stream().mapToLong(Part::recordCount).sum());
        if (isHashed) {
            report.add("hash", "hash of the parts' hashes", combined(parts));
        }
        return report.add("seconds", "seconds", seconds)
                .add("recordsPerSecond", "records/s", read / seconds, Progress.rate(read / seconds));
    }

    /** SHA-256 over the hexadecimal digits of the parts' hashes, in their order. */
    private static String combined(final List<Part> parts) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(part -> digest.update(part.hash().getBytes(StandardCharsets.US_ASCII)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (final NoSuchAlgorithmException ex) {
            // Every Java platform must have it.
            throw new IllegalStateException(ex);
        }
    }

    /** Where the rows of a part go. */
    Path partFile(final Path file, final ReplayTask task) {
        final Path folder = TextOutput.isStandardOutput(file)
                ? Path.of(System.getProperty("java.io.tmpdir"))
                : file.toAbsolutePath().getParent();
        final String name = TextOutput.isStandardOutput(file)
                ? "tapedeck-" + ProcessHandle.current().pid()
                : file.getFileName().toString();
        return folder.resolve(name + ".part" + tasks.indexOf(task) + ".tmp");
    }

    /** Writes the rows of all parts one behind the other, with one header. */
    void joinParts(final Path file, final WritableByteChannel output) throws IOException {
        try (OutputStream out = Channels.newOutputStream(output)) {
            boolean isFirst = true;
            for (final ReplayTask task : tasks) {
                try (InputStream in = Files.newInputStream(partFile(file, task))) {
                    if (!isFirst) {
                        skipHeader(in);
                    }
                    in.transferTo(out);
                    isFirst = false;
                }
            }
        }
    }

    private static void skipHeader(final InputStream in) throws IOException {
        int next;
        do {
            next = in.read();
        } while (next >= 0 && next != '\n');
    }

    /** Deletes what the parts wrote. */
    void deleteParts(final Path file) throws IOException {
        if (file != null) {
            for (final ReplayTask task : tasks) {
                Files.deleteIfExists(partFile(file, task));
            }
        }
    }
}
