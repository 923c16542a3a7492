package io.tapedeck.perf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.journal.format2.Format2Cursor;
import io.tapedeck.journal.format2.Format2Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Opens a tape and takes the first record at or after a random time, again and again. */
final class ReplaySeekWorkload implements Workload, ReplayHandler {
    private static final int SEEKS = 500;

    private final TemporaryRun run = new TemporaryRun();
    private final Path file;
    /** Of each record the greatest time up to it: it rises, and the first one that reaches a time is the one. */
    private final long[] greatestNs;

    private long sequence;

    ReplaySeekWorkload(final TapeContent content, final Path data) throws IOException, InterruptedException {
        file = content.record(run, data);
        try (Format2Reader reader = Format2Reader.open(file);
                Format2Cursor cursor = reader.cursor()) {
            greatestNs = new long[(int) reader.recordCount()];
            final long[] timesNs = new long[4_096];
            int at = 0;
            for (int count = cursor.nextTimes(timesNs); count > 0; count = cursor.nextTimes(timesNs)) {
                for (int i = 0; i < count; i++, at++) {
                    greatestNs[at] = at == 0 ? timesNs[i] : Math.max(greatestNs[at - 1], timesNs[i]);
                }
            }
        }
    }

    @Override
    public long run() throws IOException {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < SEEKS; i++) {
            final long timeNs = random.nextLong(greatestNs[0], greatestNs[greatestNs.length - 1]);
            try (JournalSource source = JournalSource.open(file)) {
                source.seekTime(timeNs);
                source.poll(this, 1);
            }
            Workload.require(sequence == firstAt(timeNs) + 1, "a seek to " + timeNs + " came to another record");
        }
        return SEEKS;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        sequence = slots.buffer().getLong(slots.offset(low) + EventSlotDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    private int firstAt(final long timeNs) {
        int at = Arrays.binarySearch(greatestNs, timeNs);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && greatestNs[at - 1] == timeNs) {
            at--;
        }
        return at;
    }
}
