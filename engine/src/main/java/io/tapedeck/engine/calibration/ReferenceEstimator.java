package io.tapedeck.engine.calibration;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.model.LadderBook;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.journal.format1.Format1Cursor;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The seed program's calibrator, with the files of the seed program: rates are events by completed waiting times, and
 * every move of a best price throws the waiting times away that have begun.
 *
 * <p>Kept so that its results can be made again to the last digit; two faults come with it. Throwing away is not
 * independent of what it waits for: each total rate is too high by the rate of the moves. And the first waiting times of
 * a session count from midnight, so the cells of the initial depth are crushed.
 *
 * <p><b>Note:</b> belongs to one thread.
 */
public final class ReferenceEstimator {
    /** The imbalance sensitivity that every result has. */
    private static final double IMBALANCE_SENSITIVITY = 1.0;

    private static final int DEFAULT_LEVELS = 5;
    private static final int DEFAULT_DEPTH = 5;
    private static final double SECONDS_PER_NS = 1e-9;
    private static final int HEADER_OFFSET = 0;

    private final int wantedLevels;
    private Queue[][] queues;

    /** What is known of one side's level: per queue size the waiting times that ended, and what ended them. */
    private static final class Queue {
        private double[] seconds = new double[16];
        private long[][] counts = new long[16][];
        private double sinceSeconds;
        private int depth;

        void restart(final double nowSeconds, final int nowDepth) {
            sinceSeconds = nowSeconds;
            depth = nowDepth;
        }

        void complete(final double nowSeconds, final int type) {
            final double waited = nowSeconds - sinceSeconds;
            // Larger sizes are in no table, and a file that claims them must not cost memory.
            if (waited > 0 && depth < QueueReactiveCurves.MAX_TABLE_LENGTH) {
                if (depth >= seconds.length) {
                    final int length = Math.max(2 * seconds.length, depth + 1);
                    seconds = Arrays.copyOf(seconds, length);
                    counts = Arrays.copyOf(counts, length);
                }
                if (counts[depth] == null) {
                    counts[depth] = new long[QueueEventType.COUNT];
                }
                seconds[depth] += waited;
                counts[depth][type]++;
            }
        }

        double rate(final int size, final int type) {
            if (size >= seconds.length || counts[size] == null) {
                return 0;
            }
            double count = 0;
            for (final long ofType : counts[size]) {
                count += ofType;
            }
            // In two steps, as the original has it: the last digit depends on it.
            return count / seconds[size] * (counts[size][type] / count);
        }
    }

    /**
     * An estimator without data.
     *
     * @param levels per side that are wanted; 0 for those of the first file.
     * @throws IllegalArgumentException if there are more than curves can have.
     */
    public ReferenceEstimator(final int levels) {
        if (levels < 0 || levels > QueueReactiveCurves.MAX_LEVELS) {
            throw new IllegalArgumentException(
                    "levels must lie between 0 and " + QueueReactiveCurves.MAX_LEVELS + ": levels=" + levels);
        }
        wantedLevels = levels;
    }

    /**
     * Takes in a session.
     *
     * @param path of a file of format 1.
     * @return how many events it had.
     * @throws CorruptDataException if the file is damaged, or has an event that its book cannot take.
     * @throws IOException          if it cannot be read.
     */
    public long add(final Path path) throws IOException {
        try (Format1Reader reader = Format1Reader.open(path);
                Format1Cursor cursor = reader.cursor()) {
            final Format1Header header = reader.header();
            if (queues == null) {
                queues = newQueues(path, header.levelsPerSide());
            }
            final int depth = header.initialDepth() == 0 ? DEFAULT_DEPTH : header.initialDepth();
            final LadderBook book = new LadderBook(header.levelsPerSide(), header.initialSpreadTicks(), depth);
            book.open(header.openingPriceTicks());
            final int usedLevels = Math.min(
                    Math.min(queues[0].length, book.levels()),
                    header.levelsPerSide() > 0 ? header.levelsPerSide() : Integer.MAX_VALUE);
            restart(book, usedLevels, 0);
            while (cursor.next()) {
                add(cursor.record(), book, usedLevels, path);
            }
            return reader.recordCount();
        }
    }

    private Queue[][] newQueues(final Path path, final int fileLevels) {
        final int levels = wantedLevels > 0 ? wantedLevels : fileLevels > 0 ? fileLevels : DEFAULT_LEVELS;
        if (levels > QueueReactiveCurves.MAX_LEVELS) {
            throw new CorruptDataException(
                    path,
                    HEADER_OFFSET,
                    "levels_per_side is " + levels + ", curves have " + QueueReactiveCurves.MAX_LEVELS + " at most",
                    "Say with --levels how many are wanted");
        }
        final Queue[][] made = new Queue[2][levels];
        for (final Queue[] side : made) {
            Arrays.setAll(side, level -> new Queue());
        }
        return made;
    }

    private void add(final Qrsdp1RecordFlyweight record, final LadderBook book, final int usedLevels, final Path path) {
        final int type = record.type();
        final double nowSeconds = record.timestampNs() * SECONDS_PER_NS;
        requireApplicable(record, book, path);
        final int side = QueueEventType.restingSide(type);
        final int level = level(record, book, side);
        final boolean isCounted = level >= 0 && level < usedLevels;
        if (isCounted) {
            queues[side][level].complete(nowSeconds, type);
            queues[side][level].restart(nowSeconds, book.depth(side, level));
        }
        final int bidTicks = book.bestBidTicks();
        final int askTicks = book.bestAskTicks();
        book.apply(type, record.priceTicks(), record.quantity());
        if (book.bestBidTicks() != bidTicks || book.bestAskTicks() != askTicks) {
            restart(book, usedLevels, nowSeconds);
        } else if (isCounted) {
            queues[side][level].depth = book.depth(side, level);
        }
    }

    /** Which level an event is counted at; an addition that none has is an improvement, and the best one's. */
    private static int level(final Qrsdp1RecordFlyweight record, final LadderBook book, final int side) {
        if (record.type() >= QueueEventType.EXECUTE_BUY) {
            return 0;
        }
        final int outward = side == QueueSide.BID
                ? book.bestBidTicks() - record.priceTicks()
                : record.priceTicks() - book.bestAskTicks();
        if (outward >= 0 && outward < book.levels()) {
            return outward;
        }
        return record.type() < QueueEventType.CANCEL_BID ? 0 : -1;
    }

    private static void requireApplicable(final Qrsdp1RecordFlyweight record, final LadderBook book, final Path path) {
        final int type = record.type();
        final boolean isImprovement = type == QueueEventType.ADD_BID && record.priceTicks() > book.bestBidTicks()
                || type == QueueEventType.ADD_ASK && record.priceTicks() < book.bestAskTicks();
        final boolean isInside = record.priceTicks() > book.bestBidTicks() && record.priceTicks() < book.bestAskTicks();
        final int improvedTicks = type == QueueEventType.ADD_BID
                ? record.priceTicks() - book.bestBidTicks()
                : book.bestAskTicks() - record.priceTicks();
        // Depths grow by one at a time in every file of the seed program; a sum of larger ones could overflow.
        if (!QueueEventType.isValid(type)
                || record.quantity() != 1
                || isImprovement && isInside && improvedTicks != 1) {
            throw new CorruptDataException(
                    path,
                    HEADER_OFFSET,
                    "the session has the event " + record + ", which a book of queues with best bid "
                            + book.bestBidTicks() + " and best ask " + book.bestAskTicks() + " cannot take",
                    "'verify' says more about the file; take one that reference runs write");
        }
    }

    private void restart(final LadderBook book, final int usedLevels, final double nowSeconds) {
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            for (int level = 0; level < usedLevels; level++) {
                queues[side][level].restart(nowSeconds, book.depth(side, level));
            }
        }
    }

    /**
     * What the sessions say so far. Sizes that were never seen have the rate 0.
     *
     * @param maxQueue          n_max: the largest size to be tabulated.
     * @param spreadSensitivity written into the curves as it is; the estimates do not depend on it.
     * @return curves.
     * @throws IllegalStateException    if there was no session.
     * @throws IllegalArgumentException if there are more sizes than curves can have.
     */
    public QueueReactiveCurves curves(final int maxQueue, final double spreadSensitivity) {
        if (queues == null) {
            throw new IllegalStateException("no session was added");
        }
        if (maxQueue < 0 || maxQueue >= QueueReactiveCurves.MAX_TABLE_LENGTH) {
            throw new IllegalArgumentException("maxQueue must lie between 0 and "
                    + (QueueReactiveCurves.MAX_TABLE_LENGTH - 1) + ": maxQueue=" + maxQueue);
        }
        final int levels = queues[0].length;
        return new QueueReactiveCurves(
                levels,
                maxQueue,
                spreadSensitivity,
                IMBALANCE_SENSITIVITY,
                tables(QueueEventType.ADD_BID, maxQueue),
                tables(QueueEventType.ADD_ASK, maxQueue),
                tables(QueueEventType.CANCEL_BID, maxQueue),
                tables(QueueEventType.CANCEL_ASK, maxQueue),
                table(0, QueueEventType.EXECUTE_BUY, maxQueue),
                table(0, QueueEventType.EXECUTE_SELL, maxQueue));
    }

    private double[][] tables(final int type, final int maxQueue) {
        final double[][] tables = new double[queues[0].length][];
        Arrays.setAll(tables, level -> table(level, type, maxQueue));
        return tables;
    }

    private double[] table(final int level, final int type, final int maxQueue) {
        final Queue queue = queues[QueueEventType.restingSide(type)][level];
        final double[] table = new double[maxQueue + 1];
        Arrays.setAll(table, size -> queue.rate(size, type));
        return table;
    }
}
