package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.journal.check.TapeDiff;
import io.tapedeck.journal.check.TapeDiff.FieldDifference;
import io.tapedeck.journal.format1.Format1Files.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Format1DiffTest {
    @TempDir
    private Path folder;

    private final List<Event> events = Format1Files.plausible(30, 1);

    private TapeDiff compare(final List<Event> others) throws IOException {
        final Path a = Format1Files.write(folder.resolve("a"), Format1Files.header(8), events);
        final Path b = Format1Files.write(folder.resolve("b"), Format1Files.header(8), others);
        return Format1Diff.compare(a, b);
    }

    @Test
    void shouldFindEqualFilesTheSame() throws IOException {
        final TapeDiff diff = compare(events);

        assertThat(diff.same()).isTrue();
        assertThat(diff).isEqualTo(new TapeDiff(List.of(), 30, 30, 30, 0, -1, null, null, List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void shouldFindADifferenceInAnyField(final int field) throws IOException {
        final List<Event> others = new ArrayList<>(events);
        for (final int at : new int[] {17, 29}) {
            final Event event = events.get(at);
            others.set(
                    at,
                    new Event(
                            event.timestampNs() + (field == 0 && at == 29 ? 1 : 0),
                            field == 1 ? (event.type() + 1) % 6 : event.type(),
                            field == 2 ? 2 : event.side(),
                            event.priceTicks() + (field == 3 ? 1 : 0),
                            event.quantity() + (field == 4 ? 1 : 0),
                            event.orderId() + (field == 5 ? 1 : 0)));
        }

        final TapeDiff diff = compare(others);

        assertThat(diff.same()).isFalse();
        assertThat(diff.differingRecords()).isEqualTo(field == 0 ? 1 : 2);
        assertThat(diff.firstDifference()).isEqualTo(field == 0 ? 29 : 17);
        assertThat(diff.firstRecordA()).startsWith("timestampNs=").isNotEqualTo(diff.firstRecordB());
        assertThat(diff.firstFields())
                .extracting(FieldDifference::field)
                .containsExactly(List.of("timestampNs", "type", "side", "priceTicks", "quantity", "orderId")
                        .get(field));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 29})
    void shouldFindAFileThatEndsEarlier(final int count) throws IOException {
        final TapeDiff diff = compare(events.subList(0, count));

        assertThat(diff.same()).isFalse();
        assertThat(diff.recordCountB()).isEqualTo(count);
        assertThat(diff.differingRecords()).isZero();
        assertThat(diff.firstDifference()).isEqualTo(count);
        assertThat(diff.firstRecordA()).contains("orderId=" + (count + 1));
        assertThat(diff.firstRecordB()).isNull();
        assertThat(diff.onlyInA()).isEqualTo(30 - count);
        assertThat(diff.onlyInB()).isZero();
    }

    @Test
    void shouldNameEveryHeaderFieldThatDiffers() throws IOException {
        final Path a = Format1Files.write(
                folder.resolve("a"), new Format1Header(-1, 1, 1, 1, 1, 1, 1, 8, 1), events.subList(0, 0));
        final Path b = Format1Files.write(
                folder.resolve("b"), new Format1Header(2, 3, 4, 5, 6, 7, 8, 9, 10), events.subList(0, 0));

        final TapeDiff diff = Format1Diff.compare(a, b);

        assertThat(diff.same()).isFalse();
        assertThat(diff.firstDifference()).isEqualTo(-1);
        assertThat(diff.headerDifferences())
                .containsExactly(
                        new FieldDifference("seed", "18446744073709551615", "2"),
                        new FieldDifference("openingPriceTicks", "1", "3"),
                        new FieldDifference("tickSize", "1", "4"),
                        new FieldDifference("sessionSeconds", "1", "5"),
                        new FieldDifference("levelsPerSide", "1", "6"),
                        new FieldDifference("initialSpreadTicks", "1", "7"),
                        new FieldDifference("initialDepth", "1", "8"),
                        new FieldDifference("chunkCapacity", "8", "9"),
                        new FieldDifference("marketOpenNs", "1", "10"));
    }
}
