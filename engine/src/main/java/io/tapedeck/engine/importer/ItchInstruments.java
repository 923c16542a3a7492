package io.tapedeck.engine.importer;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * The instruments of ITCH files, found in a pass of its own: a journal names them before its first record. The id is the
 * stock locate, the tick 1/10,000. The symbol comes from the stock directory message, or from the first message that
 * carries the stock.
 *
 * <p>A locate means one stock in all files, and a stock has one locate; exchanges hand locates out anew each day, so
 * files of several days usually do not fit together.
 */
public final class ItchInstruments {
    /** A tick in 1/10,000: real data has prints below a cent. */
    private static final int TICK_SIZE = 1;

    private static final long NO_LOCATE = 0;
    private static final String REMEDY = "Import each day into a data set of its own";

    private final LocateDirectory directory = new LocateDirectory();
    private final Long2LongHashMap locates = new Long2LongHashMap(NO_LOCATE);

    /** Knows no instrument yet. */
    public ItchInstruments() {}

    /**
     * Takes in the instruments of a file.
     *
     * @param path of the file.
     * @return what else the pass found.
     * @throws CorruptDataException if the file ends inside a message, or if a locate or a stock means another one than before; names the message.
     * @throws IOException          if the file cannot be read.
     */
    public ItchFileFacts scan(final Path path) throws IOException {
        try (ItchFileReader reader = ItchFileReader.open(path)) {
            while (reader.next()) {
                final DirectBuffer buffer = reader.buffer();
                final int offset = reader.messageOffset();
                final byte type = buffer.getByte(offset);
                final int stockOffset = ItchStock.offset(type);
                if (stockOffset != ItchStock.NONE && ItchMessageType.length(type) == reader.messageLength()) {
                    take(
                            path,
                            reader,
                            type,
                            ItchHeaderDescriptor.stockLocate(buffer, offset),
                            ItchStock.read(buffer, offset + stockOffset));
                }
            }
            return new ItchFileFacts(reader.messageNumber(), reader.hasEndMark());
        }
    }

    private void take(
            final Path path, final ItchFileReader reader, final byte type, final int locate, final long stock) {
        final long known = directory.symbol(locate);
        if (locate == 0 || known == stock || known != InstrumentDirectory.NO_SYMBOL && type != StockDirectory.TYPE) {
            // That a message of another type disagrees is found when it is translated, where it matters.
            return;
        }
        if (known != InstrumentDirectory.NO_SYMBOL) {
            throw wrong(
                    path,
                    reader,
                    "gives locate " + locate + " to " + text(stock) + ", which is " + text(known)
                            + "'s since an earlier message");
        }
        if (!isSymbol(stock)) {
            throw wrong(
                    path,
                    reader,
                    "names the stock " + text(stock) + ", which is no symbol: 1 to 8 visible ASCII"
                            + " characters without spaces between them");
        }
        if (locates.get(stock) != NO_LOCATE) {
            throw wrong(
                    path,
                    reader,
                    "gives locate " + locate + " to " + text(stock) + ", which has locate " + locates.get(stock)
                            + " since an earlier message");
        }
        directory.define(locate, stock, TICK_SIZE);
        locates.put(stock, locate);
    }

    private static CorruptDataException wrong(final Path path, final ItchFileReader reader, final String what) {
        return new CorruptDataException(
                path, reader.fileOffset(), "message " + reader.messageNumber() + " " + what, REMEDY);
    }

    private static String text(final long stock) {
        return '"' + Alpha.text(stock).replaceAll("[^ -~]", "?") + '"';
    }

    private static boolean isSymbol(final long stock) {
        return Alpha.text(stock).matches("[!-~]{1,8}");
    }

    /**
     * What was found.
     *
     * @return a new list, ids ascending.
     */
    public List<Instrument> instruments() {
        final List<Instrument> instruments = new ArrayList<>();
        for (int locate = 1; locate <= LocateDirectory.MAX_STOCK_LOCATE; locate++) {
            final long symbol = directory.symbol(locate);
            if (symbol != InstrumentDirectory.NO_SYMBOL) {
                instruments.add(new Instrument(locate, Alpha.text(symbol), TICK_SIZE, Map.of()));
            }
        }
        return instruments;
    }
}
