package io.tapedeck.perf;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.QueueEventCsv;
import io.tapedeck.journal.format1.Format1Cursor;
import io.tapedeck.journal.format1.Format1Reader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes a simulated day as text to a channel that counts bytes. */
final class Format1CsvWorkload implements Workload {
    private final SimulatedTape tape = new SimulatedTape();

    Format1CsvWorkload() throws IOException {}

    @Override
    public long run() throws IOException {
        final CountingChannel channel = new CountingChannel();
        long rows = 0;
        long ids = 0;
        try (Format1Reader reader = Format1Reader.open(tape.file());
                Format1Cursor cursor = reader.cursor();
                CsvChannel out = new CsvChannel(channel)) {
            final QueueEventCsv csv = new QueueEventCsv(out);
            while (cursor.next()) {
                final Qrsdp1RecordFlyweight record = cursor.record();
                csv.write(record);
                rows++;
                ids += record.orderId();
            }
        }
        Workload.require(channel.bytes > 30 * rows, channel.bytes + " bytes of text for " + rows + " rows");
        return tape.requireComplete(rows, ids);
    }

    private static final class CountingChannel implements WritableByteChannel {
        private long bytes;

        @Override
        public int write(final ByteBuffer source) {
            final int count = source.remaining();
            source.position(source.limit());
            bytes += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
