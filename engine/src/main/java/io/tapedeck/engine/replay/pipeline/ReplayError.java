package io.tapedeck.engine.replay.pipeline;

import java.time.LocalDate;

/**
 * A record that a stage could not take.
 *
 * @param stage        name of the stage.
 * @param date         of the session; null before the first one.
 * @param sequence     of the record.
 * @param instrumentId that the record is about; 0 if it is about none.
 * @param kind         simple name of what was thrown.
 * @param message      of it; may be null.
 * @param slotHex      the record's 64 bytes, 128 hexadecimal digits.
 */
public record ReplayError(
        String stage, LocalDate date, long sequence, int instrumentId, String kind, String message, String slotHex) {}
