package io.tapedeck.journal.format2;

import java.util.Locale;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** What a writer does with the columns of a chunk after it packed them. A reader reads the files of all. */
public enum Compression {
    /** LZ4, where it makes a section smaller by a twentieth. */
    LZ4 {
        @Override
        LZ4Compressor compressor() {
            return LZ4Factory.nativeInstance().fastCompressor();
        }
    },
    /** LZ4 that looks harder, at several times the time. */
    LZ4HC {
        @Override
        LZ4Compressor compressor() {
            return LZ4Factory.nativeInstance().highCompressor();
        }
    },
    /** The columns as they are. */
    NONE {
        @Override
        LZ4Compressor compressor() {
            return null;
        }
    };

    /** The compressor, or null for none. */
    abstract LZ4Compressor compressor();

    /**
     * Reads a name as the command line has it.
     *
     * @param text {@code lz4}, {@code lz4hc} or {@code none}.
     * @return the compression.
     * @throws IllegalArgumentException for any other text.
     */
    public static Compression parse(final String text) {
        for (final Compression compression : values()) {
            if (compression.toString().equals(text)) {
                return compression;
            }
        }
        throw new IllegalArgumentException("compression is \"" + text + "\", must be lz4, lz4hc or none");
    }

    /** The name as {@link #parse} reads it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
