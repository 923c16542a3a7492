package io.tapedeck.perf;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.engine.record.RecordSink;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.feed.glimpse.GlimpseClient;
import io.tapedeck.feed.glimpse.GlimpseContext;
import io.tapedeck.feed.glimpse.GlimpseLogin;
import io.tapedeck.feed.glimpse.GlimpseServer;
import io.tapedeck.feed.glimpse.SnapshotHandler;
import io.tapedeck.feed.glimpse.SnapshotTaker;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.SystemNanoClock;

/**
 * How long the keeper of the books for snapshots holds the ring: one batch of records after the other, while a client
 * loads one snapshot after the other. All on one thread; only batches are timed, in processor time, because what others
 * do with the processor is no pause of the keeper's.
 */
final class SnapshotPauseWorkload implements Workload {
    private static final MoldSession SESSION = MoldSession.of("BENCH");
    private static final int BATCH = 64;
    private static final int SNAPSHOTS = 3;
    private static final int TICK_SIZE = 100;
    private static final int LOWEST_PRICE_TICKS = 1_000;
    private static final int PRICES = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private final int orders;
    private final int symbols;
    private final Slots slots = new Slots();
    private final RecordWriter writer = new RecordWriter(slots);
    private final SnapshotTaker taker;
    private final GlimpseServer server;
    private final Histogram pausesNs = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final Counting counting = new Counting();
    private long nextOrderId = 1;

    /**
     * Puts the orders into the books.
     *
     * @param orders  that stand, all the time.
     * @param symbols among which they are dealt out.
     */
    SnapshotPauseWorkload(final int orders, final int symbols) throws IOException {
        this.orders = orders;
        this.symbols = symbols;
        final LocateDirectory directory = new LocateDirectory();
        for (int symbol = 1; symbol <= symbols; symbol++) {
            directory.define(symbol, Alpha.toLong("S" + symbol), TICK_SIZE);
        }
        taker = new SnapshotTaker(directory, SystemNanoClock.INSTANCE);
        server = new GlimpseServer(
                new GlimpseContext(SESSION, UdpEndpoint.parse("127.0.0.1:0"), taker, () -> writer.sequence() + 1)
                        .workShare(1));
        while (nextOrderId <= orders) {
            add();
        }
        writer.flush();
    }

    @Override
    public long run() throws IOException {
        pausesNs.reset();
        final long before = writer.sequence();
        for (int i = 0; i < SNAPSHOTS; i++) {
            load();
        }
        return writer.sequence() - before;
    }

    @Override
    public String remark() {
        return String.format(
                Locale.ROOT,
                "%,d batches of %d records, slices of snapshots included: %.1f us of processor time in the middle, %.1f us at 99 %%,"
                        + " %.1f us at most",
                pausesNs.getTotalCount(),
                BATCH,
                pausesNs.getValueAtPercentile(50) / 1e3,
                pausesNs.getValueAtPercentile(99) / 1e3,
                pausesNs.getMaxValue() / 1e3);
    }

    /** One snapshot, from login to its last byte; the oldest order goes when a new one comes. */
    private void load() throws IOException {
        counting.orders = 0;
        try (GlimpseClient client = new GlimpseClient(
                new GlimpseLogin(server.endpoint(), "", ""), SESSION, PATIENCE_NS, counting, System.nanoTime())) {
            while (!client.isWhole()) {
                client.doWork(System.nanoTime());
                server.doWork();
                for (int i = 0; i < BATCH / 2; i++) {
                    add();
                    delete(nextOrderId - 1 - orders);
                }
                writer.flush();
            }
        }
        Workload.require(counting.orders == orders, counting.orders + " orders in a snapshot of " + orders);
    }

    private void add() {
        final long id = nextOrderId++;
        final int priceTicks = LOWEST_PRICE_TICKS + (int) (id / symbols % PRICES);
        writer.event(0, EventTypeCode.ADD, SideCode.BUY, 0, id, 0, symbolOf(id), priceTicks, 100);
    }

    private void delete(final long id) {
        writer.event(0, EventTypeCode.DELETE, SideCode.BUY, 0, id, 0, symbolOf(id), 0, 0);
    }

    private int symbolOf(final long id) {
        return 1 + (int) (id % symbols);
    }

    /** Hands records to the keeper at once, and takes the time. */
    private final class Slots implements RecordSink {
        private final SlotArray slots = new SlotArray(BATCH);

        @Override
        public SlotArray slots() {
            return slots;
        }

        @Override
        public int claimSize() {
            return BATCH;
        }

        @Override
        public long claim(final int count) {
            return 0;
        }

        @Override
        public void publish(final long low, final long high) {
            final long startNs = THREADS.getCurrentThreadCpuTime();
            taker.onBatch(slots, low, high);
            pausesNs.recordValue(THREADS.getCurrentThreadCpuTime() - startNs);
            Workload.require(
                    slots.buffer().getLong(slots.offset(high) + SEQUENCE_OFFSET, LITTLE_ENDIAN) == writer.sequence(),
                    "a record is missing");
        }
    }

    /** Counts the orders of a snapshot. */
    private static final class Counting implements SnapshotHandler {
        private long orders;

        @Override
        public void onSnapshot() {
            orders = 0;
        }

        @Override
        public void onSnapshotMessage(final MutableDirectBuffer buffer, final int offset, final int length) {
            orders += buffer.getByte(offset) == 'A' ? 1 : 0;
        }
    }
}
