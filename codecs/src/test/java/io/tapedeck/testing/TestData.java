package io.tapedeck.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the optional real data. Its folder is the system property {@code tapedeck.testData}, its sibling
 * {@code reference} holds the reference program's files. A test that asks for a file that is absent is reported as
 * skipped, with the file's name.
 */
public final class TestData {
    private static final Path DATA = Path.of(System.getProperty("tapedeck.testData", "../../shared/data"))
            .toAbsolutePath()
            .normalize();

    private TestData() {}

    /**
     * A file of the market data.
     *
     * @param relativePath below the data folder, for example {@code itch/all-23-types.itch50}.
     * @return its path; never of a file that does not exist.
     */
    public static Path file(final String relativePath) {
        return require(DATA.resolve(relativePath));
    }

    /**
     * A file or folder that the reference program wrote.
     *
     * @param relativePath below the reference folder, for example {@code vectors.txt}.
     * @return its path; never of a file that does not exist.
     */
    public static Path reference(final String relativePath) {
        return require(DATA.resolveSibling("reference").resolve(relativePath));
    }

    /**
     * The bytes of a file of the market data.
     *
     * @param relativePath below the data folder.
     * @return all its bytes.
     */
    public static byte[] bytes(final String relativePath) {
        try {
            return Files.readAllBytes(file(relativePath));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Path require(final Path path) {
        assumeTrue(Files.exists(path), () -> "skipped: test data is absent: " + path);
        return path;
    }
}
