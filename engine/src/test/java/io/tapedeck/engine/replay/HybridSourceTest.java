package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.sbe.Side;
import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.journal.format2.Format2Writer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the journal to what happens now, while the writer writes as fast as it can. */
@Timeout(120)
class HybridSourceTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int COUNT = 300_000;

    @TempDir
    private Path folder;

    /** Checks that sequences follow each other from a first one on. */
    private static final class Consecutive implements ReplayHandler {
        private long next;
        private int sessions;

        Consecutive(final long first) {
            next = first;
        }

        @Override
        public void onSession(final LocalDate date) {
            sessions++;
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            for (long at = low; at <= high; at++) {
                final int offset = slots.offset(at);
                final long sequence = slots.buffer().getLong(offset + 8);
                if (sequence != next || slots.buffer().getLong(offset + 24) != ~sequence) {
                    throw new IllegalStateException("record " + sequence + " where " + next + " comes next");
                }
                next++;
            }
        }
    }

    /** Writes journal and ring, each record to the journal first, in chunks of many sizes. */
    private static void write(final Format2Writer writer, final LiveSource live) {
        final SlotArray slots = new SlotArray(64);
        final EventEncoder event = new EventEncoder();
        try (writer) {
            for (long sequence = 1; sequence <= COUNT; ) {
                final long low = sequence - 1;
                final int count = (int) Math.min(1 + sequence % 64, COUNT - low);
                for (int i = 0; i < count; i++, sequence++) {
                    slots.wrap(event, low + i)
                            .sequence(sequence)
                            .eventTimeNs(sequence)
                            .orderId(~sequence)
                            .auxId(0)
                            .instrumentId(1)
                            .price(1)
                            .quantity(1)
                            .mpid(0)
                            .flags(0)
                            .tracking(0)
                            .eventType(EventType.ADD)
                            .side(Side.BUY)
                            .reserved(0);
                }
                writer.append(slots, low, low + count - 1);
                if (sequence % 977 < 64) {
                    writer.closeChunk();
                }
                live.onBatch(slots, low, low + count - 1);
            }
        } catch (final IOException ex) {
            throw new IllegalStateException(ex);
        } finally {
            live.onClose();
        }
    }

    @ParameterizedTest(name = "ring of {0}, from record {1}")
    @CsvSource({"64, 1", "1024, 1", "65536, 1", "1024, 1000", "524288, 1"})
    void shouldHandOverWithoutGapOrDuplicate(final int capacity, final long first)
            throws IOException, InterruptedException, ExecutionException {
        final Path path = folder.resolve("tape.qrsdp");
        final LiveSource live = new LiveSource(capacity, DATE, RandomTape.instruments(0));
        final Format2Writer writer = RandomTape.writer(path, DATE, 0);
        final Consecutive handler = new Consecutive(first);
        final CompletableFuture<Void> writing;
        boolean wasLive = false;
        try (HybridSource source = new HybridSource(TailSource.open(path, first), live, first)) {
            writing = CompletableFuture.runAsync(() -> write(writer, live));
            while (source.state() != SourceState.ENDED) {
                if (source.poll(handler, 256) == 0) {
                    Thread.onSpinWait();
                }
                wasLive |= source.isLive();
            }
        }
        writing.get();

        assertThat(handler.next).isEqualTo(COUNT + 1L);
        assertThat(handler.sessions).isEqualTo(1);
        assertThat(capacity < 524_288 || wasLive).isTrue();
    }

    @Test
    void shouldGoFromAClosedJournalToTheTailOfALongerOne() throws IOException {
        final Path closed = folder.resolve("closed.qrsdp");
        final Path longer = folder.resolve("longer.qrsdp");
        RandomTape.write(closed, DATE, 0, 1_000, 1, RandomTape.wildTimes(1));
        final List<Row> all = RandomTape.write(longer, DATE, 0, 2_500, 1, RandomTape.wildTimes(1));
        for (final long tailFrom : new long[] {1, 500, 1_000, 1_001}) {
            final Rows rows = new Rows();
            try (EventSource source =
                    new HybridSource(JournalSource.open(closed), TailSource.open(longer, tailFrom), 1)) {
                Replay.run(source, rows, count -> {});
                assertThat(source.state()).isEqualTo(SourceState.ENDED);
            }
            assertThat(rows.rows).isEqualTo(all);
            assertThat(rows.sessions).containsExactly(DATE);
        }
    }

    @Test
    void shouldSayWhatIsMissingBetweenPastAndPresent() throws IOException {
        final Path closed = folder.resolve("closed.qrsdp");
        final Path longer = folder.resolve("longer.qrsdp");
        RandomTape.write(closed, DATE, 0, 1_000, 1, RandomTape.wildTimes(1));
        RandomTape.write(longer, DATE, 0, 2_500, 1, RandomTape.wildTimes(1));
        try (EventSource source = new HybridSource(JournalSource.open(closed), TailSource.open(longer, 1_101), 1)) {
            assertThatThrownBy(() -> Replay.run(source, new Rows(), count -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("records 1001 to 1100 are missing");
        }
    }
}
