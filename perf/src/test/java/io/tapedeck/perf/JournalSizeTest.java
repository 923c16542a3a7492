package io.tapedeck.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapedeck.journal.format2.Format2Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a record takes of a journal is exact, so it is held: a change that costs space fails here. */
class JournalSizeTest {
    private static final Path DATA = Path.of(System.getProperty("tapedeck.testData", "../../shared/data"));

    @ParameterizedTest
    @CsvSource({"SIMULATED, 4.27", "FIFTY_SYMBOLS, 4.62", "AAPL, 5.36"})
    void shouldTakeNoMoreBytesForARecordThanItDid(final TapeContent content, final double bytesPerRecord)
            throws IOException, InterruptedException {
        assumeTrue(
                content != TapeContent.AAPL || Files.exists(Workloads.aaplHour(DATA)),
                () -> "skipped: test data is absent: " + Workloads.aaplHour(DATA));

        final Path file = content.record(new TemporaryRun(), DATA);

        try (Format2Reader reader = Format2Reader.open(file)) {
            content.requireSize(Files.size(file), reader.recordCount());
            assertThat((double) Files.size(file) / reader.recordCount()).isLessThan(bytesPerRecord);
        }
    }
}
