package io.tapedeck.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.engine.pipeline.ConsumerReport;
import io.tapedeck.engine.pipeline.RunListener;
import io.tapedeck.engine.pipeline.WaitMode;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.tape.TapeFormat;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with real rings, real journals and consumers of every kind. */
@Timeout(120)
class TapeRunTest {
    private static final List<RunSecurity> SECURITIES =
            List.of(new RunSecurity("AAPL", 10_000), new RunSecurity("MSFT", 15_000), new RunSecurity("GOOG", 20_000));

    @TempDir
    private Path folder;

    @Test
    void shouldWriteADataSetThatVerifiesAndSaysHowItWasMade() throws Exception {
        final TapeRunSummary summary = TapeRun.run(context("run").days(3));

        final DataSet dataSet = DataSet.open(folder.resolve("run"));
        assertThat(summary.isClean()).isTrue();
        assertThat(dataSet.tapes()).hasSize(3).allMatch(DataSet.Tape::isDone);
        assertThat(dataSet.manifest().recipe().seeds()).containsEntry("run", 42L);
        assertThat(dataSet.manifest().recipe().parameters())
                .containsEntry("model.limit_rate", "20.0")
                .containsEntry("session_seconds", "20");
        for (final DataSet.Tape tape : dataSet.tapes()) {
            assertThat(TapeFormat.of(tape.path()).verify(tape.path()))
                    .noneMatch(finding -> finding.severity() == Finding.Severity.DAMAGE);
        }
        assertThat(dataSet.tapes())
                .extracting(DataSet.Tape::date)
                .containsExactly(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 5), LocalDate.of(2026, 1, 6));
        assertThat(summary.days().get(1).symbols().get(0).openingPriceTicks())
                .isEqualTo(summary.days().get(0).symbols().get(0).closePriceTicks());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldGiveEverySymbolTheSameEventsForAnyNumberOfUnits(final int units) throws Exception {
        TapeRun.run(context("one").days(2));
        TapeRun.run(context("many").days(2).units(units));

        assertThat(eventsBySymbol(folder.resolve("many"))).isEqualTo(eventsBySymbol(folder.resolve("one")));
        assertThat(DataSet.open(folder.resolve("many")).tapes()).hasSize(2 * units);
    }

    @Test
    void shouldGiveTheSameContentForTheSameSeedWhateverTheRingAndTheChunks() throws Exception {
        final String hash = contentHash(context("a"));

        assertThat(contentHash(context("b").ringSize(1 << 10).chunkCapacity(77)))
                .isEqualTo(hash);
        assertThat(contentHash(context("c").pace(new Pace(500)))).isEqualTo(hash);
        assertThat(contentHash(context("d").seed(43))).isNotEqualTo(hash);
    }

    @Test
    void shouldHandAConsumerTheRecordsThatAreOnTheTape() throws Exception {
        final RecordBookBuilder live = new RecordBookBuilder(new OrderBooks());

        final TapeRunSummary summary =
                TapeRun.run(context("run").consumers((pipeline, day) -> pipeline.gating("books", live)));

        final RecordBookBuilder taped = new RecordBookBuilder(new OrderBooks());
        try (Format2Reader reader = Format2Reader.open(summary.days().get(0).file())) {
            reader.forEach(taped::onBatch);
        }
        assertThat(live.refusedCount()).isZero();
        assertThat(live.appliedCount()).isEqualTo(taped.appliedCount()).isGreaterThan(3_000);
        for (int instrumentId = 1; instrumentId <= SECURITIES.size(); instrumentId++) {
            assertThat(live.books().book(instrumentId).hash())
                    .isEqualTo(taped.books().book(instrumentId).hash());
        }
    }

    @Test
    void shouldKeepTheTapeCompleteWhenAConsumerThrows() throws Exception {
        final String hash = contentHash(context("healthy"));
        final BatchConsumer thrower = (slots, low, high) -> {
            throw new IllegalStateException("on purpose");
        };
        final List<String> heard = new ArrayList<>();

        final TapeRunSummary summary = TapeRun.run(context("run")
                .consumers((pipeline, day) -> pipeline.gating("thrower", thrower))
                .listener(new RunListener() {
                    @Override
                    public void onConsumerFailed(
                            final String unit, final String consumer, final long sequence, final Throwable cause) {
                        heard.add(unit + " " + consumer + " " + sequence + " " + cause.getMessage());
                    }
                }));

        assertThat(summary.isClean()).isFalse();
        assertThat(summary.days().get(0).entry().contentHash()).isEqualTo(hash);
        assertThat(heard).containsExactly("u0 thrower 0 on purpose");
        assertThat(summary.days().get(0).pipeline().consumers())
                .extracting(ConsumerReport::name, ConsumerReport::ending)
                .contains(
                        tuple("thrower", ConsumerReport.Ending.FAILED),
                        tuple("journal", ConsumerReport.Ending.DRAINED));
    }

    @Test
    void shouldWaitForAConsumerThatHangsForASecond() throws Exception {
        final String hash = contentHash(context("healthy"));
        final Hanging hanging = new Hanging();

        final TapeRunSummary summary = TapeRun.run(
                context("run").ringSize(1 << 9).waitMode(WaitMode.BACKOFF).consumers((pipeline, day) -> {
                    hanging.producer = Thread.currentThread();
                    pipeline.gating("hanging", hanging);
                }));

        assertThat(hanging.hungNs).isPositive();
        assertThat(summary.isClean()).isTrue();
        assertThat(summary.days().get(0).entry().contentHash()).isEqualTo(hash);
        assertThat(summary.days().get(0).pipeline().stallNs()).isGreaterThanOrEqualTo(hanging.hungNs);
    }

    /** Hangs once, for a second from when the producer is seen to wait. */
    private static final class Hanging implements BatchConsumer {
        private final CountDownLatch never = new CountDownLatch(1);
        private volatile Thread producer;
        private volatile long hungNs;

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            if (hungNs > 0) {
                return;
            }
            // A producer at full speed rests only while it waits for room.
            while (producer.getState() != Thread.State.TIMED_WAITING) {
                Thread.yield();
            }
            final long startNs = System.nanoTime();
            try {
                assertThat(never.await(1, TimeUnit.SECONDS)).isFalse();
            } catch (final InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            hungNs = System.nanoTime() - startNs;
        }
    }

    @Test
    void shouldEndTheDayEarlyAndInGoodOrderWhenStopped() throws Exception {
        final AtomicLong records = new AtomicLong();
        final BatchConsumer counter = (slots, low, high) -> records.addAndGet(high - low + 1);

        final TapeRunSummary summary = TapeRun.run(context("run")
                .parameters(SessionParameters.builder()
                        .sessionSeconds(1_000_000 / 20)
                        .build())
                .days(0)
                .consumers((pipeline, day) -> pipeline.gating("counter", counter))
                .stop(() -> records.get() > 50_000));

        final DataSet dataSet = DataSet.open(folder.resolve("run"));
        final DataSet.Tape tape = dataSet.tapes().get(0);
        assertThat(summary.isStopped()).isTrue();
        assertThat(summary.days()).hasSize(1);
        assertThat(summary.days().get(0).isComplete()).isFalse();
        assertThat(tape.isDone()).isTrue();
        assertThat(TapeFormat.of(tape.path()).verify(tape.path()))
                .noneMatch(finding -> finding.severity() == Finding.Severity.DAMAGE);
    }

    @Test
    void shouldRefuseAFolderThatHoldsARunUnlessForced() throws Exception {
        TapeRun.run(context("run"));

        assertThatThrownBy(() -> TapeRun.run(context("run")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("--force");
        assertThat(TapeRun.run(context("run").force(true)).isClean()).isTrue();
    }

    @Test
    void shouldRefuseMoreUnitsThanSecurities() {
        assertThatThrownBy(() -> TapeRun.run(context("run").units(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("units=4");
    }

    private TapeRun.Context context(final String name) {
        return new TapeRun.Context()
                .outputDirectory(folder.resolve(name))
                .parameters(SessionParameters.builder().sessionSeconds(20).build())
                .securities(SECURITIES)
                .days(1);
    }

    private static String contentHash(final TapeRun.Context context) throws Exception {
        return TapeRun.run(context).days().get(0).entry().contentHash();
    }

    /** All records about orders, without their sequence numbers, by instrument. */
    private static Map<Integer, List<List<Long>>> eventsBySymbol(final Path run) throws IOException {
        final Map<Integer, List<List<Long>>> events = new TreeMap<>();
        for (final DataSet.Tape tape : DataSet.open(run).tapes()) {
            try (Format2Reader reader = Format2Reader.open(tape.path())) {
                reader.forEach((slots, low, high) -> collect(slots, low, high, events));
            }
        }
        return events;
    }

    private static void collect(
            final SlotArray slots, final long low, final long high, final Map<Integer, List<List<Long>>> events) {
        final DirectBuffer buffer = slots.buffer();
        for (long sequence = low; sequence <= high; sequence++) {
            final int offset = slots.offset(sequence);
            if (EventSlotDescriptor.isEvent(buffer, offset)) {
                final List<Long> words = new ArrayList<>();
                for (int at = EventSlotDescriptor.EVENT_TIME_OFFSET;
                        at < EventSlotDescriptor.SLOT_LENGTH;
                        at += Long.BYTES) {
                    words.add(buffer.getLong(offset + at, ByteOrder.LITTLE_ENDIAN));
                }
                events.computeIfAbsent(
                                buffer.getInt(
                                        offset + EventSlotDescriptor.INSTRUMENT_ID_OFFSET, ByteOrder.LITTLE_ENDIAN),
                                key -> new ArrayList<>())
                        .add(words);
            }
        }
    }
}
