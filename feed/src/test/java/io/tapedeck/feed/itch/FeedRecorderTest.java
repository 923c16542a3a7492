package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.engine.exporter.ItchFileSink;
import io.tapedeck.engine.importer.DataSetRecorder;
import io.tapedeck.engine.importer.ItchFileFacts;
import io.tapedeck.engine.importer.ItchInstruments;
import io.tapedeck.engine.importer.ItchSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedRecorderTest {
    private static final MoldSession SESSION = MoldSession.of("1912300000");
    private static final LocalDate DATE = LocalDate.of(2019, 12, 30);
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final int BATCH = 256;
    private static final int END_MARK_LENGTH = 2;

    @TempDir
    private Path folder;

    /** Through a socket, and the tape has the records that the publisher's own has, and gives the file's bytes back. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "itch/all-23-types.itch50",
                "itch/nasdaq-start-of-day.itch50",
                "itch/nasdaq-20191230-open.itch50",
                "itch/aapl-20120621-0930-1030.itch50"
            })
    void shouldRecordWhatWasPublished(final String name) throws IOException {
        final Path file = TestData.file(name);
        final Path heard = folder.resolve("heard");
        final TestTape tape = TestTape.file(name);
        try (FeedRecorder recorder = recorder(heard, false);
                FeedListener listener = new FeedListener(
                        new ListenerContext(new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))), recorder)) {
            final ItchPublisher publisher = new ItchPublisher(
                    new PublisherContext(SESSION).endOfSessionNs(0),
                    tape.directory,
                    UdpSender.open(new UdpContext(listener.endpoint())));
            for (long low = 0; low < tape.size(); low += BATCH) {
                publisher.onBatch(tape.slots, low, Math.min(low + BATCH, tape.size()) - 1);
                while (listener.receiver().packetCount() < publisher.count(PublisherCounter.PACKETS)) {
                    listener.doWork();
                }
            }
            publisher.onClose();
            assertThat(listener.listen()).isTrue();
            assertThat(recorder.finish(count -> {})).isEqualTo(tape.size());
            assertThat(recorder.refusedCount()).isZero();
        }
        assertThat(Files.exists(heard.resolve(FeedRecorder.SPOOL_NAME))).isFalse();
        assertThat(contentHash(heard)).isEqualTo(contentHash(imported(file)));
        final byte[] original = Files.readAllBytes(file);
        final byte[] exported = export(heard);
        assertThat(original).startsWith(exported);
        assertThat(original.length - exported.length).isIn(0, END_MARK_LENGTH);
    }

    @Test
    void shouldNumberRecordsWithoutAHoleWhenTheFeedHasOne() throws IOException {
        final TestTape tape = TestTape.random(1, 100);
        try (FeedRecorder recorder = recorder(folder, false)) {
            recorder.onSession(SESSION);
            give(recorder, tape, 3, 20);
            recorder.onMessage(21, new UnsafeBuffer(new byte[0]), 0, 0);
            final byte[] unknown = {'?', 1, 2};
            recorder.onMessage(22, new UnsafeBuffer(unknown), 0, unknown.length);
            recorder.onGap(23, 30);
            give(recorder, tape, 31, 40);
            assertThat(recorder.finish(count -> {})).isEqualTo(18 + 10);
            assertThat(recorder.refusedCount()).isEqualTo(2);
        }
        try (Format2Reader reader = Format2Reader.open(tapeOf(folder))) {
            assertThat(reader.metadata().recipe().parameters())
                    .containsEntry("feedSession", SESSION.toString())
                    .containsEntry("firstSequence", "3")
                    .containsEntry("missingMessages", "8")
                    .containsEntry("refusedMessages", "2");
            assertThat(reader.metadata().sessionDate()).isEqualTo(DATE);
        }
    }

    @Test
    void shouldRefuseWhatContradictsTheDirectory() throws IOException {
        final TestTape tape = TestTape.random(1, 100);
        final byte[] add = tape.messages.stream()
                .filter(message -> message[0] == 'A')
                .findFirst()
                .orElseThrow();
        try (FeedRecorder recorder = recorder(folder, false)) {
            recorder.onSession(SESSION);
            recorder.onMessage(1, new UnsafeBuffer(add), 0, add.length);
            final byte[] sameLocate = add.clone();
            sameLocate[24] = 'X';
            recorder.onMessage(2, new UnsafeBuffer(sameLocate), 0, add.length);
            final byte[] sameStock = add.clone();
            sameStock[2] = 77;
            recorder.onMessage(3, new UnsafeBuffer(sameStock), 0, add.length);

            assertThat(recorder.refusedCount()).isEqualTo(2);
            assertThat(recorder.instruments()).hasSize(1);
            assertThat(recorder.finish(count -> {})).isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveItsJournalWhenItIsNotFinished() throws IOException {
        final TestTape tape = TestTape.random(2, 100);
        try (FeedRecorder recorder = recorder(folder, false)) {
            recorder.onSession(SESSION);
            give(recorder, tape, 1, 50);
            assertThatThrownBy(() -> recorder.onSession(MoldSession.of("OTHER")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("heard=OTHER");
        }
        try (Format2Reader reader = Format2Reader.open(folder.resolve(FeedRecorder.SPOOL_NAME))) {
            assertThat(reader.recordCount()).isEqualTo(50);
        }
        assertThat(Files.exists(folder.resolve(DataSetManifest.FILE_NAME))).isFalse();
    }

    @Test
    void shouldReplaceADataSetOnlyOnPurpose() throws IOException {
        final TestTape tape = TestTape.random(3, 100);
        for (final int last : new int[] {50, 60}) {
            try (FeedRecorder recorder = recorder(folder, last == 60)) {
                recorder.onSession(SESSION);
                give(recorder, tape, 1, last);
                assertThat(recorder.finish(count -> {})).isEqualTo(last);
            }
        }
        assertThatThrownBy(() -> recorder(folder, false)).isInstanceOf(FileAlreadyExistsException.class);
        try (FeedRecorder recorder = recorder(folder.resolve("silent"), false)) {
            assertThat(recorder.finish(count -> {})).isZero();
        }
        assertThat(Files.exists(folder.resolve("silent"))).isFalse();
    }

    @Test
    void shouldAllocateNothingPerMessage() throws IOException {
        final OrderDelete delete = new OrderDelete();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OrderDelete.LENGTH]);
        buffer.putByte(0, OrderDelete.TYPE);
        buffer.putByte(2, (byte) 1);
        try (FeedRecorder recorder = recorder(folder, false)) {
            recorder.onSession(SESSION);
            final Runnable work = () -> {
                for (int i = 0; i < 20_000; i++) {
                    delete.wrap(buffer, 0).orderReferenceNumber(i);
                    recorder.onMessage(i, buffer, 0, OrderDelete.LENGTH);
                }
            };
            work.run();
            work.run();

            assertThat(AllocationMeter.leastAllocatedBytes(work, 6)).isLessThan(20_000);
            assertThat(recorder.refusedCount()).isZero();
        }
    }

    private static FeedRecorder recorder(final Path output, final boolean overwrite) throws IOException {
        return new FeedRecorder(output, ZONE, session -> DATE, "test", overwrite);
    }

    private static void give(final FeedRecorder recorder, final TestTape tape, final int first, final int last) {
        for (int sequence = first; sequence <= last; sequence++) {
            final byte[] message = tape.messages.get(sequence - 1);
            recorder.onMessage(sequence, new UnsafeBuffer(message), 0, message.length);
        }
    }

    private Path imported(final Path file) throws IOException {
        final Path output = folder.resolve("imported");
        final ItchInstruments instruments = new ItchInstruments();
        final ItchFileFacts facts = instruments.scan(file);
        final DataSetRecorder recorder = DataSetRecorder.create(
                output,
                new Recipe("tapedeck", "test", "itch50", Map.of(), Map.of()),
                ZONE,
                instruments.instruments(),
                false);
        try (ItchSource source = ItchSource.open(file, DATE, instruments.instruments(), facts)) {
            recorder.record(source, DATE, Map.of(), Map.of(), count -> {});
        }
        return output;
    }

    private static String contentHash(final Path dataSet) throws IOException {
        return DataSet.open(dataSet).manifest().days().get(0).files().get(0).contentHash();
    }

    private static Path tapeOf(final Path dataSet) throws IOException {
        return DataSet.open(dataSet).tapes().get(0).path();
    }

    private static byte[] export(final Path dataSet) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JournalSource source = JournalSource.open(tapeOf(dataSet));
                ItchFileSink sink =
                        new ItchFileSink(Channels.newChannel(bytes), InstrumentTable.of(source.instruments()))) {
            Replay.run(source, sink, count -> {});
        }
        return bytes.toByteArray();
    }
}
