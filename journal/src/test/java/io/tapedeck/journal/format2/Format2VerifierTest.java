package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.check.Finding.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Format2VerifierTest {
    @TempDir
    private Path folder;

    @Test
    void shouldFindNothingInAFileThatWasClosed() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 100, Format2Files.plausible(1_050, 1));
        assertThat(Format2Verifier.verify(path)).isEmpty();
    }

    @Test
    void shouldReportAFileThatWasNotClosed() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 100, Format2Files.plausible(1_050, 1));
        final byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(Format2Verifier.verify(path)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.DAMAGE);
            assertThat(finding.text()).contains("the footer, which is not whole");
        });
    }

    @Test
    void shouldReportAFileThatIsNone() throws IOException {
        final Path path = folder.resolve("file");
        Files.writeString(path, "something else");
        assertThat(Format2Verifier.verify(path))
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("a header alone has 32");
    }

    @Test
    void shouldReportRecordsThatBreakARuleAndInstrumentsThatNobodyKnows() throws IOException {
        final byte[] slots = Format2Files.plausible(10, 1);
        slots[3 * SLOT_LENGTH + EVENT_TYPE_OFFSET] = 10;
        slots[5 * SLOT_LENGTH + INSTRUMENT_ID_OFFSET] = 3;
        slots[6 * SLOT_LENGTH + INSTRUMENT_ID_OFFSET] = 3;
        final Path path = Format2Files.write(folder.resolve("file"), 4, slots);

        final List<Finding> findings = Format2Verifier.verify(path);

        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).severity()).isEqualTo(Severity.DAMAGE);
        assertThat(findings.get(0).text()).startsWith("record 4 has type 10");
        assertThat(findings.get(1).severity()).isEqualTo(Severity.NOTE);
        assertThat(findings.get(1).text()).startsWith("record 6 has instrument 3");
    }

    @Test
    void shouldReportAContentHashThatIsNotThatOfTheRecords() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 4, Format2Files.plausible(10, 1));
        final byte[] bytes = Files.readAllBytes(path);
        final int tail = bytes.length - Format2Descriptor.TAIL_LENGTH;
        bytes[tail] ^= 1;
        final int footer = bytes.length - (int) Format2Descriptor.footerLength(3);
        final CRC32C crc = new CRC32C();
        crc.update(bytes, footer, tail + Format2Descriptor.TAIL_CRC_OFFSET - footer);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(tail + Format2Descriptor.TAIL_CRC_OFFSET, (int)
                crc.getValue());
        Files.write(path, bytes);

        assertThat(Format2Verifier.verify(path))
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .startsWith("the content hash is");
    }

    @Test
    void shouldStopReportingAtSomePoint() throws IOException {
        final byte[] slots = Format2Files.plausible(2_000, 1);
        for (int i = 0; i < 2_000; i++) {
            slots[i * SLOT_LENGTH + EVENT_TYPE_OFFSET] = 0;
        }
        final Path path = Format2Files.write(folder.resolve("file"), 4096, slots);
        final List<Finding> findings = Format2Verifier.verify(path);
        assertThat(findings).hasSize(Format2Verifier.MAX_FINDINGS);
        assertThat(findings.get(999).text()).contains("there is more to report");
    }
}
