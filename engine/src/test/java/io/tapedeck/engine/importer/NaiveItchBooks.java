package io.tapedeck.engine.importer;

import io.tapedeck.engine.book.BookSet.Level;
import io.tapedeck.engine.book.NaiveOrderBooks;
import io.tapedeck.engine.book.Side;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An ITCH file to book text, written a second time: offsets from the exchange's tables, lists and strings, the naive
 * book. It shares no code with what it checks.
 */
final class NaiveItchBooks {
    final NaiveOrderBooks books = new NaiveOrderBooks();
    final List<String> bboRows = new ArrayList<>();
    private final Map<Integer, String> symbols = new TreeMap<>();
    private final Map<Integer, String> lastRows = new HashMap<>();

    static NaiveItchBooks of(final byte[] file) {
        final NaiveItchBooks result = new NaiveItchBooks();
        final ByteBuffer bytes = ByteBuffer.wrap(file);
        boolean isOpen = false;
        for (int number = 1; bytes.remaining() > 1; number++) {
            final byte[] message = new byte[bytes.getShort() & 0xFFFF];
            if (message.length == 0) {
                break;
            }
            bytes.get(message);
            final ByteBuffer fields = ByteBuffer.wrap(message);
            result.apply((char) message[0], fields);
            if (isOpen) {
                result.record(number, fields);
            }
            isOpen |= message[0] == 'S' && message[11] == 'Q';
        }
        return result;
    }

    List<String> depthRows() {
        final List<String> rows = new ArrayList<>();
        symbols.forEach((locate, symbol) -> {
            for (int side = Side.BID; side <= Side.ASK; side++) {
                for (final Level level : books.levels(locate, side)) {
                    rows.add(symbol + "," + "BS".charAt(side) + "," + level.price() + "," + level.quantity() + ","
                            + level.orderCount());
                }
            }
        });
        rows.sort(null);
        return rows;
    }

    private void apply(final char type, final ByteBuffer fields) {
        switch (type) {
            case 'R':
                symbols.put(locate(fields), symbol(fields, 11));
                break;
            case 'A':
            case 'F':
                symbols.putIfAbsent(locate(fields), symbol(fields, 24));
                books.add(
                        fields.getLong(11),
                        locate(fields),
                        fields.get(19) == 'B' ? Side.BID : Side.ASK,
                        fields.getInt(32),
                        fields.getInt(20));
                break;
            case 'E':
            case 'C':
                books.execute(fields.getLong(11), fields.getInt(19));
                break;
            case 'X':
                books.reduce(fields.getLong(11), fields.getInt(19));
                break;
            case 'D':
                books.delete(fields.getLong(11));
                break;
            case 'U':
                books.replace(fields.getLong(11), fields.getLong(19), fields.getInt(31), fields.getInt(27));
                break;
            default:
        }
    }

    private void record(final int number, final ByteBuffer fields) {
        final Level ask = books.best(locate(fields), Side.ASK);
        final Level bid = books.best(locate(fields), Side.BID);
        if (ask.quantity() > 0 && bid.quantity() > 0) {
            // The 48-bit time ends where the body starts: the eight bytes from 3 on without the tracking number.
            final String touch = symbols.get(locate(fields)) + "," + ask.price() + "," + ask.quantity() + ","
                    + bid.price() + "," + bid.quantity();
            if (!touch.equals(lastRows.put(locate(fields), touch))) {
                bboRows.add(number + "," + (fields.getLong(3) & 0xFFFF_FFFF_FFFFL) + "," + touch);
            }
        }
    }

    private static int locate(final ByteBuffer fields) {
        return fields.getShort(1) & 0xFFFF;
    }

    private static String symbol(final ByteBuffer fields, final int offset) {
        return new String(fields.array(), offset, 8, StandardCharsets.US_ASCII).trim();
    }
}
