package io.tapedeck.perf;

import io.tapedeck.codecs.binaryfile.BinaryFileIterator;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.importer.ItchBookBuilder;
import java.io.IOException;
import java.nio.file.Path;

/** Takes the messages of the hour from their bytes into a book, which must end as it is known to. */
final class ItchToBookWorkload implements Workload {
    private static final int ROUNDS = 10;
    private static final int INSTRUMENT_ID = 1;
    static final long FINAL_HASH = 0x95c8_ffbb_9498_1ebdL;

    private final ItchHour hour;
    private final BinaryFileIterator iterator = new BinaryFileIterator();
    private final OrderBooks books = new OrderBooks();
    private final ItchBookBuilder builder = new ItchBookBuilder(books);

    ItchToBookWorkload(final Path data) throws IOException {
        hour = new ItchHour(data);
    }

    @Override
    public long run() {
        long messages = 0;
        for (int round = 0; round < ROUNDS; round++) {
            books.clear();
            hour.rewind(iterator);
            while (iterator.next() == BinaryFileIterator.MESSAGE) {
                builder.apply(hour.bytes(), iterator.messageOffset(), iterator.messageLength(), ++messages);
            }
            Workload.require(books.book(INSTRUMENT_ID).hash() == FINAL_HASH, "the book is not the published one");
        }
        Workload.require(messages == (long) ROUNDS * ItchHour.MESSAGE_COUNT, messages + " messages");
        return messages;
    }
}
