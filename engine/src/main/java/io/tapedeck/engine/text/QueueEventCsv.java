package io.tapedeck.engine.text;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import java.io.IOException;

/**
 * The records of journal format 1 as rows of their six stored integers.
 *
 * <p><b>Note:</b> used by one thread; no allocation after construction.
 */
public final class QueueEventCsv {
    /** The first row. */
    public static final String HEADER = "ts_ns,type,side,price_ticks,qty,order_id";

    private final CsvRow row = new CsvRow();
    private final CsvChannel out;

    /**
     * Writes the header.
     *
     * @param out to write to; stays open.
     * @throws IOException if the channel cannot be written.
     */
    public QueueEventCsv(final CsvChannel out) throws IOException {
        this.out = out;
        out.writeHeader(HEADER + "\n");
    }

    /**
     * Writes a row.
     *
     * @param record to write.
     * @throws IOException if the channel cannot be written.
     */
    public void write(final Qrsdp1RecordFlyweight record) throws IOException {
        out.write(row.start()
                .number(record.timestampNs())
                .number(record.type())
                .number(record.side())
                .number(record.priceTicks())
                .number(record.quantity())
                .number(record.orderId())
                .end());
    }
}
