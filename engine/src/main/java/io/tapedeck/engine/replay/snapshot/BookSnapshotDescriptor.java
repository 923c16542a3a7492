package io.tapedeck.engine.replay.snapshot;

/**
 * Layout of a file with the books of one unit at one moment. Little-endian; offsets and lengths in bytes.
 *
 * <pre>
 *    0               4               8
 *   +---------------+---------------+
 *  0| magic "TDBOOKS1"              |
 *   +---------------+---------------+
 *  8| version       | flags         |   flags: bit 0, market hours have begun
 *   +---------------+---------------+
 * 16| sequence of the last record   |
 *   +-------------------------------+
 * 24| its time, ns since midnight   |
 *   +---------------+---------------+
 * 32| session date  | unit          |   date in days since 1970-01-01
 *   +---------------+---------------+
 * 40| hash of all books             |
 *   +-------------------------------+
 * 48| number of orders              |
 *   +-------------------------------+
 * 56| order id                      |   from here on 24 bytes for each order: instruments by id, bids and then asks,
 *   +---------------+---------------+   levels from the best outwards, orders from the oldest to the youngest
 * 64| price, ticks  | quantity      |
 *   +---------------+---------------+
 * 72| instrument id | side          |   0 bid, 1 ask
 *   +---------------+---------------+
 *   .                               .
 *   | CRC-32C of all before         |   4 bytes
 *   +-------------------------------+
 * </pre>
 */
final class BookSnapshotDescriptor {
    static final long MAGIC = 0x3153_4B4F_4F42_4454L;
    static final int VERSION = 1;
    static final int FLAG_MARKET_OPEN = 1;

    static final int VERSION_OFFSET = 8;
    static final int FLAGS_OFFSET = 12;
    static final int SEQUENCE_OFFSET = 16;
    static final int TIME_OFFSET = 24;
    static final int DATE_OFFSET = 32;
    static final int UNIT_OFFSET = 36;
    static final int HASH_OFFSET = 40;
    static final int ORDER_COUNT_OFFSET = 48;
    static final int HEADER_LENGTH = 56;

    static final int ORDER_ID_OFFSET = 0;
    static final int PRICE_OFFSET = 8;
    static final int QUANTITY_OFFSET = 12;
    static final int INSTRUMENT_ID_OFFSET = 16;
    static final int SIDE_OFFSET = 20;
    static final int ORDER_LENGTH = 24;

    static final int CRC_LENGTH = 4;

    /** So that a file fits into an array. */
    static final int MAX_ORDERS = (Integer.MAX_VALUE - HEADER_LENGTH - CRC_LENGTH - 8) / ORDER_LENGTH;

    private BookSnapshotDescriptor() {}

    /** Length of a file with so many orders. */
    static int fileLength(final int orderCount) {
        return HEADER_LENGTH + orderCount * ORDER_LENGTH + CRC_LENGTH;
    }
}
