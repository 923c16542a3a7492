package io.tapedeck.journal.check;

/**
 * Part of a damaged file that gave no records.
 *
 * @param offset      of the first byte that is lost, in the file.
 * @param lengthBytes how many bytes are lost.
 * @param reason      why, as a clause without a full stop.
 */
public record Loss(long offset, long lengthBytes, String reason) {
    /** The loss as a line of text. */
    @Override
    public String toString() {
        return lengthBytes + " bytes at offset " + offset + ": " + reason;
    }
}
