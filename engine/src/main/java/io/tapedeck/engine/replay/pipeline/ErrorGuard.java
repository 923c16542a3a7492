package io.tapedeck.engine.replay.pipeline;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.RecordFailedException;
import io.tapedeck.engine.replay.Slots;
import io.tapedeck.engine.replay.SymbolFilter;
import io.tapedeck.journal.manifest.Instrument;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntHashSet;

/** Carries out a stage's error policy, and says of a failure where it was. */
final class ErrorGuard {
    private final String stage;
    private final ErrorPolicy policy;
    private final EventSource source;
    private final IntHashSet halted = new IntHashSet();
    private LocalDate date;
    private long errorCount;

    /** The source is asked for symbols and files only, which any thread may do. */
    ErrorGuard(final String stage, final ErrorPolicy policy, final EventSource source) {
        this.stage = stage;
        this.policy = policy;
        this.source = source;
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

    /** Takes note of an error at a record; throws when there are too many, or it is not the record's fault. */
    void onError(final SlotArray slots, final long at, final RuntimeException thrown) {
        final RuntimeException error = cause(thrown);
        if (error instanceof ReplayException) {
            // It happened in a stage further down, and that one's policy has decided.
            throw error;
        }
        final FailedRecords record = records(slots, at, at);
        if (errorCount == policy.limit() || error instanceof UncheckedIOException) {
            throw new ReplayException(stage, record, error);
        }
        errorCount++;
        if (policy.isHalting() && record.instrumentId() != 0) {
            halted.add(record.instrumentId());
        }
        final byte[] bytes = new byte[SLOT_LENGTH];
        slots.buffer().getBytes(slots.offset(at), bytes);
        policy.errors()
                .accept(new ReplayError(
                        stage,
                        record,
                        error.getClass().getSimpleName(),
                        error.getMessage(),
                        HexFormat.of().formatHex(bytes)));
    }

    /** What to throw when a batch failed: names the record if the stage has said which one it was. */
    RuntimeException failed(final SlotArray slots, final long low, final long high, final RuntimeException thrown) {
        final RuntimeException error = cause(thrown);
        if (error instanceof ReplayException) {
            return error;
        }
        if (thrown instanceof RecordFailedException) {
            final long at = ((RecordFailedException) thrown).ringSequence();
            return new ReplayException(stage, records(slots, at, at), error);
        }
        return new ReplayException(stage, records(slots, low, high), error);
    }

    /** What to throw when it was at no record. */
    RuntimeException failed(final RuntimeException thrown) {
        final RuntimeException error = cause(thrown);
        return error instanceof ReplayException ? error : new ReplayException(stage, FailedRecords.none(date), error);
    }

    private static RuntimeException cause(final RuntimeException thrown) {
        return thrown instanceof RecordFailedException ? (RuntimeException) thrown.getCause() : thrown;
    }

    private FailedRecords records(final SlotArray slots, final long low, final long high) {
        int instrumentId = SymbolFilter.instrumentId(slots.buffer(), slots.offset(low));
        for (long at = low + 1; at <= high; at++) {
            if (SymbolFilter.instrumentId(slots.buffer(), slots.offset(at)) != instrumentId) {
                instrumentId = 0;
            }
        }
        return new FailedRecords(
                date,
                Slots.sequence(slots, low),
                Slots.sequence(slots, high),
                Slots.timeNs(slots, low),
                Slots.timeNs(slots, high),
                instrumentId,
                symbol(instrumentId),
                source.fileOf(date, instrumentId));
    }

    private String symbol(final int instrumentId) {
        return source.instruments().stream()
                .filter(instrument -> instrument.id() == instrumentId)
                .map(Instrument::symbol)
                .findFirst()
                .orElse(null);
    }
}
