package io.tapedeck.perf;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.format1.Format1RecordHandler;
import java.io.IOException;

/** Reads a simulated day from the page cache, one call per record. */
final class Format1ReadWorkload implements Workload, Format1RecordHandler {
    private final SimulatedTape tape = new SimulatedTape();
    private long records;
    private long ids;

    Format1ReadWorkload() throws IOException {}

    @Override
    public long run() throws IOException {
        records = 0;
        ids = 0;
        try (Format1Reader reader = Format1Reader.open(tape.file())) {
            reader.forEach(this);
        }
        return tape.requireComplete(records, ids);
    }

    @Override
    public void onRecord(final Qrsdp1RecordFlyweight record) {
        records++;
        ids += record.orderId();
    }
}
