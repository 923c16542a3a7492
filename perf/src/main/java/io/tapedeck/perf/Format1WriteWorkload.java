package io.tapedeck.perf;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.format1.Format1Writer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the records of a simulated day from memory to a temporary file. */
final class Format1WriteWorkload implements Workload {
    private final SimulatedTape tape = new SimulatedTape();
    private final UnsafeBuffer records;
    private final Format1Header header;
    private final Path file;

    Format1WriteWorkload() throws IOException {
        final int count = Math.toIntExact(tape.summary().eventCount());
        records = new UnsafeBuffer(ByteBuffer.allocateDirect(count * Qrsdp1RecordDescriptor.LENGTH));
        final int[] at = new int[1];
        try (Format1Reader reader = Format1Reader.open(tape.file())) {
            header = reader.header();
            reader.forEach(record -> {
                records.putBytes(at[0], record.buffer(), record.offset(), Qrsdp1RecordDescriptor.LENGTH);
                at[0] += Qrsdp1RecordDescriptor.LENGTH;
            });
        }
        file = Files.createTempFile("tapedeck-bench", ".qrsdp");
        file.toFile().deleteOnExit();
    }

    @Override
    public long run() throws IOException {
        final Qrsdp1RecordFlyweight record = new Qrsdp1RecordFlyweight();
        final long written;
        try (Format1Writer writer = Format1Writer.replace(file, header)) {
            for (int at = 0; at < records.capacity(); at += Qrsdp1RecordDescriptor.LENGTH) {
                record.wrap(records, at);
                writer.append(
                        record.timestampNs(),
                        record.type(),
                        record.side(),
                        record.priceTicks(),
                        record.quantity(),
                        record.orderId());
            }
            written = writer.recordCount();
        }
        Workload.require(
                Files.size(file) == tape.summary().fileBytes(), "the file is not the one that the engine wrote");
        return written;
    }
}
