package io.tapedeck.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.file.Path;

/** Work with damaged files: counts how often it succeeds, and how often it fails as damaged files may make it fail. */
public final class Attempts {
    /** Work that may fail so. */
    public interface Work {
        void run() throws IOException;
    }

    private final Path folder;
    private long whole;
    private long damaged;

    /** Attempts with the files of a folder, which every error has to name. */
    public Attempts(final Path folder) {
        this.folder = folder;
    }

    public void attempt(final Work work) {
        try {
            work.run();
            whole++;
        } catch (final CorruptDataException | IOException ex) {
            damaged++;
            assertThat(ex).hasMessageContaining(folder.toString());
        }
    }

    /** There was success and there was failure: else the work looked at nothing. */
    public void requireBoth() {
        assertThat(damaged).isPositive();
        assertThat(whole).isPositive();
    }
}
