package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;

/** Any bytes as a file. In a normal build it runs the committed inputs only; a fuzzing session searches for others. */
class Format2FuzzTest {
    @FuzzTest
    void shouldGiveAResultOrAClearError(final byte[] bytes) throws IOException {
        try (Format2Reader reader = Format2Reader.recover(new BytesFile(bytes))) {
            assertThat(Format2Files.read(reader)).hasSize((int) reader.recordCount() * SLOT_LENGTH);
        } catch (final CorruptDataException ex) {
            assertThat(ex).hasMessageContaining(BytesFile.PATH.toString());
        }
        try (Format2Reader reader = Format2Reader.open(new BytesFile(bytes))) {
            assertThat(Format2Files.read(reader)).hasSize((int) reader.recordCount() * SLOT_LENGTH);
        } catch (final CorruptDataException ex) {
            assertThat(ex).hasMessageContaining(BytesFile.PATH.toString());
        }
    }
}
