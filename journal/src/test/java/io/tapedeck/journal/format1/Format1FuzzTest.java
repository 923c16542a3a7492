package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any bytes as a file. In a normal build it runs the committed inputs only; a fuzzing session searches for others. */
class Format1FuzzTest {
    @FuzzTest
    void shouldGiveAResultOrAClearError(final byte[] bytes) throws IOException {
        final Path path = Files.createTempFile("fuzz", ".qrsdp");
        try {
            Files.write(path, bytes);
            try (Format1Reader reader = Format1Reader.recover(path)) {
                final long[] records = new long[1];
                reader.forEach(record -> records[0]++);
                assertThat(records[0]).isEqualTo(reader.recordCount());
            } catch (final CorruptDataException ex) {
                assertThat(ex).hasMessageContaining(path.toString());
            }
            Format1Verifier.verify(path);
        } finally {
            Files.delete(path);
        }
    }
}
