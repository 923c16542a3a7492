package io.tapedeck.engine.replay.pipeline;

/**
 * A record that a stage could not take.
 *
 * @param stage   name of the stage.
 * @param record  that it was: sequence, time, instrument, session, file.
 * @param kind    simple name of what was thrown.
 * @param message of it; may be null.
 * @param slotHex the record's 64 bytes, 128 hexadecimal digits.
 */
public record ReplayError(String stage, FailedRecords record, String kind, String message, String slotHex) {}
