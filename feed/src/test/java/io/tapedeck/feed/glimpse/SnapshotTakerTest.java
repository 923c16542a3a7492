package io.tapedeck.feed.glimpse;

import static org.assertj.core.api.Assertions.assertThat;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50Listener;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;
import io.tapedeck.codecs.glimpse.EndOfSnapshot;
import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.soup.SoupDescriptor;
import io.tapedeck.codecs.soup.SoupPacketReader;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.importer.ItchBookBuilder;
import io.tapedeck.feed.itch.TestTape;
import io.tapedeck.feed.mold.ManualClock;
import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot of any moment against the books that all messages up to there leave, and what follows against the end. */
class SnapshotTakerTest {
    private final ManualClock clock = new ManualClock(0);
    private final Snapshot snapshot = new Snapshot();
    private final SplittableRandom random = new SplittableRandom(7);

    @ParameterizedTest
    @CsvSource({
        "random, 1",
        "random, 2",
        "itch/aapl-20120621-0930-1030.itch50, 3",
        "itch/nasdaq-20191230-open.itch50, 4",
        "itch/nasdaq-start-of-day.itch50, 5"
    })
    void shouldBeTheBooksOfOneMomentWhileTheFeedGoesOn(final String name, final long seed) throws IOException {
        final TestTape tape = name.equals("random") ? TestTape.random(seed, 30_000) : TestTape.file(name);
        final ItchBookBuilder whole = books(tape, 0, tape.size());
        for (int i = 0; i < 8; i++) {
            final SnapshotTaker taker = new SnapshotTaker(tape.directory, clock);
            final int moment = i == 0 ? 0 : random.nextInt(tape.size() + 1);
            final Snapshot taken = play(tape, taker, moment);

            final List<byte[]> messages = messages(taken);
            final long next = end(messages);
            assertThat(next).isGreaterThan(moment).isLessThanOrEqualTo(tape.size() + 1L);
            final ItchBookBuilder joined = books(messages);
            assertSame(joined, books(tape, 0, (int) next - 1));
            for (int live = (int) next - 1; live < tape.size(); live++) {
                apply(joined, tape.messages.get(live), live);
            }
            assertSame(joined, whole);
            assertThat(joined.malformedCount()).isZero();
        }
    }

    @Test
    void shouldKeepAttributionsAndTheStateOfTheDay() {
        final TestTape tape = TestTape.random(4, 20_000);
        final SnapshotTaker taker = new SnapshotTaker(tape.directory, clock);
        final List<byte[]> messages = messages(play(tape, taker, tape.size()));

        final Map<Character, Integer> counts = new HashMap<>();
        messages.forEach(message -> counts.merge((char) message[0], 1, Integer::sum));
        assertThat(counts).containsOnlyKeys('S', 'R', 'H', 'A', 'F', 'G').containsEntry('S', 1);
        assertThat(counts).containsEntry('R', 3).containsEntry('H', 3).containsEntry('G', 1);
        assertThat(counts.get('A') + counts.get('F')).isEqualTo(tape.books.orderCount());
        assertThat(messages.get(0)).isEqualTo(tape.messages.get(tape.size() - 1));
        // What replaces an attributed order, or takes its place after replacements, is attributed.
        final Map<Long, Boolean> attributed = new HashMap<>();
        for (final byte[] message : tape.messages) {
            final ByteBuffer bytes = ByteBuffer.wrap(message);
            if (message[0] == 'A' || message[0] == 'F') {
                attributed.put(bytes.getLong(11), message[0] == 'F');
            } else if (message[0] == 'U') {
                attributed.put(bytes.getLong(19), attributed.get(bytes.getLong(11)));
            }
        }
        for (final byte[] message : messages) {
            if (message[0] == 'A' || message[0] == 'F') {
                assertThat(message[0] == 'F')
                        .isEqualTo(attributed.get(ByteBuffer.wrap(message).getLong(11)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "itch/aapl-20120621-0930-1030.itch50"})
    void shouldBeReadByAParserOfOthers(final String name) throws IOException {
        final TestTape tape = name.equals("random") ? TestTape.random(5, 20_000) : TestTape.file(name);
        final List<byte[]> messages =
                messages(play(tape, new SnapshotTaker(tape.directory, clock), tape.size() * 2 / 3));
        final List<String> parsed = new ArrayList<>();
        final ITCH50Parser parser = new ITCH50Parser((ITCH50Listener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ITCH50Listener.class}, (proxy, method, arguments) -> {
                    parsed.add(method.getName());
                    return null;
                }));

        for (final byte[] message : messages.subList(0, messages.size() - 1)) {
            final ByteBuffer bytes = ByteBuffer.wrap(message);
            parser.message(bytes);
            assertThat(bytes.hasRemaining()).isFalse();
        }
        assertThat(parsed).hasSize(messages.size() - 1).contains("addOrder");
    }

    @Test
    void shouldNotBeginBeforeTheFeedHasComeThere() {
        final TestTape tape = TestTape.random(6, 1_000);
        final SnapshotTaker taker = new SnapshotTaker(tape.directory, clock);
        snapshot.clear(501);
        taker.order(snapshot);

        taker.onBatch(tape.slots, 0, 498);
        taker.onIdle(0);
        assertThat(taker.poll()).isNull();
        taker.onBatch(tape.slots, 499, 499);
        assertThat(taker.poll()).isNull();
        taker.onIdle(0);

        assertThat(taker.poll()).isSameAs(snapshot);
        assertThat(end(messages(snapshot))).isEqualTo(501);
    }

    @Test
    void shouldRestNineTimesAsLongAsCopyingTook() {
        final TestTape tape = TestTape.random(7, 1_000);
        final long[] nowNs = {1_000};
        final SnapshotTaker taker = new SnapshotTaker(tape.directory, () -> nowNs[0] += 10);
        taker.onBatch(tape.slots, 0, 999);
        snapshot.clear(1);
        taker.order(snapshot);
        while (taker.poll() == null) {
            taker.onIdle(nowNs[0]);
        }
        final long endNs = nowNs[0];
        snapshot.clear(1);
        taker.order(snapshot);
        int turns = 0;
        while (taker.poll() == null) {
            taker.onIdle(nowNs[0]);
            turns++;
        }

        assertThat(nowNs[0] - endNs).isGreaterThan(9 * 20);
        assertThat(turns).isGreaterThan(5);
    }

    @Test
    void shouldServeTheBooksOfTheEndOnceItIsClosed() {
        final TestTape tape = TestTape.random(8, 5_000);
        final SnapshotTaker taker = new SnapshotTaker(tape.directory, clock);
        taker.onBatch(tape.slots, 0, tape.size() - 1);
        taker.onClose();

        for (int i = 0; i < 2; i++) {
            snapshot.clear(1);
            taker.order(snapshot);
            assertThat(taker.poll()).isSameAs(snapshot);
            assertThat(end(messages(snapshot))).isEqualTo(tape.size() + 1);
        }
    }

    @Test
    void shouldLeaveOutWhatTheFeedCannotSay() {
        final TestTape tape = TestTape.random(9, 5_000);
        final SnapshotTaker taker = new SnapshotTaker(tape.directory, clock);
        taker.onBatch(tape.slots, 0, tape.size() - 1);
        // The stock's price no longer fits 1/10,000: none of its orders can be told.
        tape.directory.define(1, tape.directory.symbol(1), Integer.MAX_VALUE);
        taker.onClose();
        snapshot.clear(1);
        taker.order(snapshot);
        taker.poll();

        assertThat(messages(snapshot))
                .filteredOn(message -> message[0] == AddOrder.TYPE)
                .isNotEmpty()
                .allMatch(message -> message[2] != 1);
    }

    @Test
    void shouldAllocateNothingOnceItHasGrown() {
        final TestTape tape = TestTape.random(10, 20_000);
        final SnapshotTaker taker = new SnapshotTaker(tape.directory, clock);
        final Runnable day = () -> {
            snapshot.clear(1);
            taker.order(snapshot);
            for (int low = 0; low < tape.size(); low += 64) {
                clock.advance(1_000_000_000);
                taker.onBatch(tape.slots, low, Math.min(low + 64, tape.size()) - 1);
            }
            taker.poll();
        };

        assertThat(AllocationMeter.leastAllocatedBytes(day, 10)).isZero();
    }

    /** Asks for a snapshot after so many messages, and goes on in batches of any length until it has come. */
    private Snapshot play(final TestTape tape, final SnapshotTaker taker, final int moment) {
        Snapshot taken = null;
        int low = 0;
        boolean isOrdered = false;
        while (taken == null) {
            clock.advance(1_000_000_000);
            if (low >= moment && !isOrdered) {
                isOrdered = true;
                snapshot.clear(moment + 1);
                taker.order(snapshot);
            }
            final int end = Math.min(low + 1 + random.nextInt(300), low < moment ? moment : tape.size());
            if (low < end) {
                taker.onBatch(tape.slots, low, end - 1);
                low = end;
            } else {
                taker.onIdle(clock.nanoTime());
            }
            taken = taker.poll();
        }
        return taken;
    }

    private static List<byte[]> messages(final Snapshot snapshot) {
        final List<byte[]> messages = new ArrayList<>();
        final UnsafeBuffer packets = new UnsafeBuffer(snapshot.packets());
        final SoupPacketReader reader = new SoupPacketReader().wrap(packets, 0, snapshot.length());
        while (reader.next() == SoupPacketReader.PACKET) {
            assertThat(reader.type()).isEqualTo(SoupDescriptor.SEQUENCED_DATA);
            final byte[] message = new byte[reader.payloadLength()];
            packets.getBytes(reader.payloadOffset(), message);
            messages.add(message);
        }
        assertThat(reader.position()).isEqualTo(snapshot.length());
        assertThat(messages).hasSize((int) snapshot.messageCount());
        return messages;
    }

    private static long end(final List<byte[]> messages) {
        final byte[] last = messages.get(messages.size() - 1);
        final UnsafeBuffer buffer = new UnsafeBuffer(last);
        assertThat(EndOfSnapshot.is(buffer, 0, last.length)).isTrue();
        return EndOfSnapshot.sequence(buffer, 0);
    }

    private static ItchBookBuilder books(final List<byte[]> messages) {
        final ItchBookBuilder builder = new ItchBookBuilder(new OrderBooks());
        messages.subList(0, messages.size() - 1).forEach(message -> apply(builder, message, 0));
        assertThat(builder.unknownReferenceCount()).isZero();
        return builder;
    }

    private static ItchBookBuilder books(final TestTape tape, final int low, final int end) {
        final ItchBookBuilder builder = new ItchBookBuilder(new OrderBooks());
        for (int i = low; i < end; i++) {
            apply(builder, tape.messages.get(i), i + 1);
        }
        return builder;
    }

    private static void apply(final ItchBookBuilder builder, final byte[] message, final long number) {
        builder.apply(new UnsafeBuffer(message), 0, message.length, number);
    }

    private static void assertSame(final ItchBookBuilder actual, final ItchBookBuilder expected) {
        assertThat(actual.books().orderCount()).isEqualTo(expected.books().orderCount());
        for (int instrument = 1; instrument < expected.books().instrumentLimit(); instrument++) {
            assertThat(actual.books().book(instrument).hash())
                    .as("instrument %d", instrument)
                    .isEqualTo(expected.books().book(instrument).hash());
        }
    }
}
