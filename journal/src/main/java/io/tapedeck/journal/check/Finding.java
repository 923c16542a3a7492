package io.tapedeck.journal.check;

/**
 * One thing that verification found.
 *
 * @param severity whether it is damage or only worth knowing.
 * @param offset   where in the file, in bytes; of a record, the chunk's LZ4 block it comes from.
 * @param text     what was found and what would be right, as a clause without a full stop.
 */
public record Finding(Severity severity, long offset, String text) {
    /** What a finding means for whoever wants to use the file. */
    public enum Severity {
        /** The file breaks a rule of its format. */
        DAMAGE,
        /** The file is valid, and is not as a writer that had closed it in order would have left it. */
        NOTE
    }

    /** The finding as a line of text. */
    @Override
    public String toString() {
        return severity + " at offset " + offset + ": " + text;
    }
}
