package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.check.Finding.Severity;
import io.tapedeck.journal.format1.Format1Files.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Format1VerifierTest {
    private static final long OPEN_NS = Format1Files.OPEN_NS;
    private static final long CLOSE_NS = OPEN_NS + 60_000_000_000L;

    @TempDir
    private Path folder;

    private List<Finding> verify(final List<Event> events) throws IOException {
        return Format1Verifier.verify(Format1Files.write(folder.resolve("file"), Format1Files.header(8), events));
    }

    @Test
    void shouldFindNothingInAFileAsTheSeedProgramWritesIt() throws IOException {
        assertThat(verify(Format1Files.plausible(30, 1))).isEmpty();
    }

    @Test
    void shouldFindNothingInASessionWithoutEvents() throws IOException {
        assertThat(verify(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 'ADD_BID has side ASK, must be BID'",
        "4, 0, 'EXECUTE_BUY has side BID, must be ASK'",
        "5, 1, 'EXECUTE_SELL has side ASK, must be BID'",
        "3, 2, 'CANCEL_ASK has side NONE, must be ASK'"
    })
    void shouldFindSidesThatDoNotFitTheType(final int type, final int side, final String text) throws IOException {
        assertThat(verify(List.of(new Event(OPEN_NS, type, side, 1, 1, 1))))
                .containsExactly(new Finding(Severity.DAMAGE, 96, "chunk 0, record 0: " + text));
    }

    @Test
    void shouldFindTimesOutsideTheSession() throws IOException {
        assertThat(verify(List.of(new Event(OPEN_NS - 1, 0, 0, 1, 1, 1), new Event(CLOSE_NS, 0, 0, 1, 1, 2))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .isEqualTo("DAMAGE at offset 96: chunk 0, record 0: time 34199999999999 is outside the session,"
                                + " 34200000000000 to 34260000000000"));
        Files.delete(folder.resolve("file"));
        assertThat(verify(List.of(new Event(OPEN_NS, 0, 0, 1, 1, 1), new Event(CLOSE_NS + 1, 0, 0, 1, 1, 2))))
                .hasSize(1);
    }

    @Test
    void shouldNoteOrderIdsThatAreNoEventCounter() throws IOException {
        assertThat(verify(List.of(new Event(OPEN_NS, 0, 0, 1, 1, 7), new Event(OPEN_NS, 0, 0, 1, 1, 9))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(finding.text()).contains("order id 7, the seed program would number it 1");
                });
    }

    @Test
    void shouldNoteWhatIsValidAndUnusual() throws IOException {
        final Path path =
                Format1Files.write(folder.resolve("file"), Format1Files.header(8), Format1Files.plausible(8, 1));
        final byte[] bytes = Files.readAllBytes(path);
        bytes[Format1Descriptor.VERSION_MINOR_OFFSET] = 3;
        bytes[Format1Descriptor.FLAGS_OFFSET] = 0;
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 48));

        assertThat(Format1Verifier.verify(path))
                .extracting(Finding::severity, Finding::offset, Finding::text)
                .containsExactly(
                        tuple(Severity.NOTE, 10L, "version_minor is 3, this package writes 0"),
                        tuple(Severity.NOTE, 52L, "the file has no index"));
    }

    @Test
    void shouldReportEveryDamagedChunkAndGoOn() throws IOException {
        final List<Event> events = new ArrayList<>(Format1Files.plausible(40, 1));
        final Path path = Format1Files.write(folder.resolve("file"), Format1Files.header(8), events);
        final byte[] bytes = Files.readAllBytes(path);
        try (Format1Reader reader = Format1Reader.open(path)) {
            for (final int chunk : new int[] {1, 3}) {
                bytes[(int) reader.chunkOffset(chunk) + 32] = (byte) 0xFF;
            }
        }
        Files.write(path, bytes);

        assertThat(Format1Verifier.verify(path))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.DAMAGE))
                .extracting(finding -> finding.text().substring(0, 8))
                .containsExactly("chunk 1:", "chunk 3:");
    }

    @Test
    void shouldStopReportingAfterSoManyFindings() throws IOException {
        final List<Event> events = new ArrayList<>();
        for (int i = 1; i <= 9_000; i++) {
            events.add(new Event(OPEN_NS, 0, 1, 1, 1, i));
        }

        assertThat(verify(events))
                .hasSize(Format1Verifier.MAX_FINDINGS)
                .last()
                .satisfies(finding -> assertThat(finding.text()).contains("there is more to report"));
    }
}
