package io.tapedeck.codecs;

/**
 * Bytes that cannot be what they claim to be. The message tells a person where the damage is and what can be done
 * about it; the command line ends with exit code 4. An input that could not be read at all is an
 * {@link java.io.IOException} instead, and a caller's mistake an {@link IllegalArgumentException}.
 */
public final class CorruptDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Byte offset in the source of what was found wrong. */
    private final long offset;

    /**
     * Says where, what and what to do.
     *
     * @param source file or stream that holds the bytes.
     * @param offset in bytes from the start of the source, of the field or the structure that is wrong.
     * @param fault  what is wrong, with the value found and the values that would be right.
     * @param remedy what a person can do now.
     */
    public CorruptDataException(final Object source, final long offset, final String fault, final String remedy) {
        super(source + ": at offset " + offset + ": " + fault + ". " + remedy);
        this.offset = offset;
    }

    /**
     * Where the damage is.
     *
     * @return byte offset from the start of the source.
     */
    public long offset() {
        return offset;
    }
}
