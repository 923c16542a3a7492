package io.tapedeck.engine.replay.feature;

import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.CsvRow;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of features as text: {@code sequence,timestamp_ns,symbol} and a column for each feature, empty where there is no
 * value. No allocation per row.
 */
public final class FeatureCsv implements FeatureRowHandler {
    private final CsvChannel out;
    private final InstrumentDirectory directory;
    private final int[] decimals;
    private final CsvRow row = new CsvRow();

    /**
     * Writes the header.
     *
     * @param out       to write to; stays open.
     * @param kinds     the columns.
     * @param directory with the symbols of all instruments that will come.
     * @throws IOException if the channel cannot be written.
     */
    public FeatureCsv(final CsvChannel out, final List<Features.Kind> kinds, final InstrumentDirectory directory)
            throws IOException {
        this.out = out;
        this.directory = directory;
        decimals = kinds.stream().mapToInt(Features.Kind::decimals).toArray();
        out.writeHeader("sequence,timestamp_ns,symbol,"
                + kinds.stream().map(Features.Kind::column).collect(Collectors.joining(",")) + "\n");
    }

    @Override
    public void onRow(final long sequence, final long timeNs, final int instrumentId, final double[] values)
            throws IOException {
        row.start().number(sequence).number(timeNs).symbol(directory.symbol(instrumentId));
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                row.empty();
            } else {
                row.decimal(values[i], decimals[i]);
            }
        }
        out.write(row.end());
    }

    @Override
    public int onIdle() throws IOException {
        return out.flush();
    }
}
