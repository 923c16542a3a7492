package io.tapedeck.journal.format1;

import static io.tapedeck.journal.format1.Format1Descriptor.*;

import io.tapedeck.codecs.CorruptDataException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What a file's header says about its session. Immutable; every value is inside the range that the format and this
 * package allow.
 *
 * @param seed               of the session's random numbers; any 64 bits.
 * @param openingPriceTicks  in ticks, signed.
 * @param tickSize           a tick in 1/10,000 of the currency, at least 1.
 * @param sessionSeconds     length of the session, not negative.
 * @param levelsPerSide      price levels of the book on either side as asked for, not negative.
 * @param initialSpreadTicks as asked for, not negative; the model takes 0 for 2.
 * @param initialDepth       of every level as asked for, not negative; the model takes 0 for 50.
 * @param chunkCapacity      records per full chunk, 1 to {@link Format1Descriptor#MAX_CHUNK_CAPACITY}.
 * @param marketOpenNs       nanoseconds from midnight to the open, inside one day.
 */
public record Format1Header(
        long seed,
        int openingPriceTicks,
        int tickSize,
        int sessionSeconds,
        int levelsPerSide,
        int initialSpreadTicks,
        int initialDepth,
        int chunkCapacity,
        long marketOpenNs) {

    /** Nanoseconds of a day; no session opens later. */
    static final long DAY_NS = 86_400_000_000_000L;

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is out of range; names it.
     */
    public Format1Header {
        requireInRange("tickSize", tickSize, 1, Integer.MAX_VALUE);
        requireInRange("sessionSeconds", sessionSeconds, 0, Integer.MAX_VALUE);
        requireInRange("levelsPerSide", levelsPerSide, 0, Integer.MAX_VALUE);
        requireInRange("initialSpreadTicks", initialSpreadTicks, 0, Integer.MAX_VALUE);
        requireInRange("initialDepth", initialDepth, 0, Integer.MAX_VALUE);
        requireInRange("chunkCapacity", chunkCapacity, 1, MAX_CHUNK_CAPACITY);
        requireInRange("marketOpenNs", marketOpenNs, 0, DAY_NS - 1);
    }

    /**
     * When the session ends.
     *
     * @return nanoseconds since midnight of the day it began on.
     */
    public long marketCloseNs() {
        return marketOpenNs + sessionSeconds * 1_000_000_000L;
    }

    private static void requireInRange(final String name, final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + least + " to " + most);
        }
    }

    /**
     * Writes the header's 64 bytes.
     *
     * @param buffer receives them at its start.
     * @param flags  {@link Format1Descriptor#FLAG_INDEX} or 0.
     */
    void encode(final MutableDirectBuffer buffer, final int flags) {
        buffer.putLong(MAGIC_OFFSET, MAGIC, BYTE_ORDER);
        buffer.putShort(VERSION_MAJOR_OFFSET, (short) VERSION_MAJOR, BYTE_ORDER);
        buffer.putShort(VERSION_MINOR_OFFSET, (short) VERSION_MINOR, BYTE_ORDER);
        buffer.putInt(RECORD_SIZE_OFFSET, RECORD_LENGTH, BYTE_ORDER);
        buffer.putLong(SEED_OFFSET, seed, BYTE_ORDER);
        buffer.putInt(OPENING_PRICE_TICKS_OFFSET, openingPriceTicks, BYTE_ORDER);
        buffer.putInt(TICK_SIZE_OFFSET, tickSize, BYTE_ORDER);
        buffer.putInt(SESSION_SECONDS_OFFSET, sessionSeconds, BYTE_ORDER);
        buffer.putInt(LEVELS_PER_SIDE_OFFSET, levelsPerSide, BYTE_ORDER);
        buffer.putInt(INITIAL_SPREAD_TICKS_OFFSET, initialSpreadTicks, BYTE_ORDER);
        buffer.putInt(INITIAL_DEPTH_OFFSET, initialDepth, BYTE_ORDER);
        buffer.putInt(CHUNK_CAPACITY_OFFSET, chunkCapacity, BYTE_ORDER);
        buffer.putInt(FLAGS_OFFSET, flags, BYTE_ORDER);
        buffer.putLong(MARKET_OPEN_NS_OFFSET, marketOpenNs, BYTE_ORDER);
    }

    /**
     * Reads a header from bytes that nobody has checked.
     *
     * @param path   of the file, for the message of an error.
     * @param buffer the file's first 64 bytes.
     * @return the header, with every value in range.
     * @throws CorruptDataException if the bytes are not such a header; names the first field that is wrong.
     */
    static Format1Header decode(final Path path, final DirectBuffer buffer) {
        if (buffer.getLong(MAGIC_OFFSET, BYTE_ORDER) != MAGIC) {
            throw new CorruptDataException(
                    path, MAGIC_OFFSET, "magic is not QRSDPLOG", "This is not a journal of format 1; check the path");
        }
        final Fields fields = new Fields(path, buffer);
        fields.unsigned(
                "version_major",
                VERSION_MAJOR_OFFSET,
                buffer.getShort(VERSION_MAJOR_OFFSET, BYTE_ORDER) & 0xFFFF,
                1,
                1);
        fields.unsignedInt("record_size", RECORD_SIZE_OFFSET, RECORD_LENGTH, RECORD_LENGTH);
        fields.unsignedInt("header_flags", FLAGS_OFFSET, 0, FLAG_INDEX);
        return new Format1Header(
                buffer.getLong(SEED_OFFSET, BYTE_ORDER),
                buffer.getInt(OPENING_PRICE_TICKS_OFFSET, BYTE_ORDER),
                fields.unsignedInt("tick_size", TICK_SIZE_OFFSET, 1, Integer.MAX_VALUE),
                fields.unsignedInt("session_seconds", SESSION_SECONDS_OFFSET, 0, Integer.MAX_VALUE),
                fields.unsignedInt("levels_per_side", LEVELS_PER_SIDE_OFFSET, 0, Integer.MAX_VALUE),
                fields.unsignedInt("initial_spread_ticks", INITIAL_SPREAD_TICKS_OFFSET, 0, Integer.MAX_VALUE),
                fields.unsignedInt("initial_depth", INITIAL_DEPTH_OFFSET, 0, Integer.MAX_VALUE),
                fields.unsignedInt("chunk_capacity", CHUNK_CAPACITY_OFFSET, 1, MAX_CHUNK_CAPACITY),
                fields.unsigned(
                        "market_open_ns",
                        MARKET_OPEN_NS_OFFSET,
                        buffer.getLong(MARKET_OPEN_NS_OFFSET, BYTE_ORDER),
                        0,
                        DAY_NS - 1));
    }

    /** Reads numbers and refuses those out of range. */
    private record Fields(Path path, DirectBuffer buffer) {
        int unsignedInt(final String name, final int offset, final long least, final long most) {
            return (int) unsigned(name, offset, buffer.getInt(offset, BYTE_ORDER) & 0xFFFF_FFFFL, least, most);
        }

        long unsigned(final String name, final int offset, final long value, final long least, final long most) {
            if (value < least || value > most) {
                final String right = least == most ? "must be " + least : "must be " + least + " to " + most;
                throw new CorruptDataException(
                        path,
                        offset,
                        name + " is " + Long.toUnsignedString(value) + ", " + right,
                        "The header cannot be repaired from the rest of the file; take another copy");
            }
            return value;
        }
    }
}
