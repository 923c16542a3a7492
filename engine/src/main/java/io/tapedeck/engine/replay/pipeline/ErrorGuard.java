package io.tapedeck.engine.replay.pipeline;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.SymbolFilter;
import java.time.LocalDate;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntHashSet;

/** Carries out a stage's error policy, and says of a failure where it was. */
final class ErrorGuard {
    private final String stage;
    private final ErrorPolicy policy;
    private final IntHashSet halted = new IntHashSet();
    private LocalDate date;
    private long errorCount;

    ErrorGuard(final String stage, final ErrorPolicy policy) {
        this.stage = stage;
        this.policy = policy;
    }

    void onSession(final LocalDate sessionDate) {
        date = sessionDate;
        halted.clear();
    }

    /** Whether the stage is to get one record at a time. */
    boolean isRecordByRecord() {
        return !policy.isFailing();
    }

    /** Whether a record is of an instrument that failed before. */
    boolean isHalted(final DirectBuffer buffer, final int slotOffset) {
        return !halted.isEmpty() && halted.contains(SymbolFilter.instrumentId(buffer, slotOffset));
    }

    long errorCount() {
        return errorCount;
    }

    /** Takes note of an error at a record; throws when there are too many. */
    void onError(final DirectBuffer buffer, final int slotOffset, final RuntimeException error) {
        if (error instanceof ReplayException) {
            // It happened in a stage further down, and that one's policy has decided.
            throw error;
        }
        final long sequence = buffer.getLong(slotOffset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
        final int instrumentId = SymbolFilter.instrumentId(buffer, slotOffset);
        if (errorCount == policy.limit()) {
            throw new ReplayException(stage, date, sequence, sequence, instrumentId, error);
        }
        errorCount++;
        if (policy.isHalting() && instrumentId != 0) {
            halted.add(instrumentId);
        }
        final byte[] bytes = new byte[SLOT_LENGTH];
        buffer.getBytes(slotOffset, bytes);
        policy.errors()
                .accept(new ReplayError(
                        stage,
                        date,
                        sequence,
                        instrumentId,
                        error.getClass().getSimpleName(),
                        error.getMessage(),
                        HexFormat.of().formatHex(bytes)));
    }

    /** What to throw when a whole batch failed. */
    RuntimeException failed(final SlotArray slots, final long low, final long high, final RuntimeException error) {
        if (error instanceof ReplayException) {
            return error;
        }
        int instrumentId = SymbolFilter.instrumentId(slots.buffer(), slots.offset(low));
        for (long at = low + 1; at <= high; at++) {
            if (SymbolFilter.instrumentId(slots.buffer(), slots.offset(at)) != instrumentId) {
                instrumentId = 0;
            }
        }
        return new ReplayException(
                stage,
                date,
                slots.buffer().getLong(slots.offset(low) + SEQUENCE_OFFSET, LITTLE_ENDIAN),
                slots.buffer().getLong(slots.offset(high) + SEQUENCE_OFFSET, LITTLE_ENDIAN),
                instrumentId,
                error);
    }

    /** What to throw when it was at no record. */
    RuntimeException failed(final RuntimeException error) {
        return error instanceof ReplayException ? error : new ReplayException(stage, date, 0, 0, 0, error);
    }
}
