package io.tapedeck.engine.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.binaryfile.BinaryFileDescriptor;
import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchMessageFlyweight;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.format2.Format2Verifier;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ITCH files to tapes and back; real data's books from the tape; files that are not what they claim. */
@Tag("campaign")
class ItchImportTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);

    /** The last message up to which the published level-1 book covers the re-encoded messages. */
    private static final long GOLDEN_MESSAGES = 54_669;

    private int fileCount;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"aapl-20120621-0930-1030", "nasdaq-20191230-open", "nasdaq-start-of-day", "all-23-types"})
    void shouldGiveRealFilesBackByteByByte(final String name) throws IOException {
        requireSameBytes(TestData.bytes("itch/" + name + ".itch50"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, false", "2, 1, true", "3, 5000, false", "4, 5000, true"})
    void shouldGiveTheProjectsOwnFilesBackWithTheirEndMarkOrWithout(
            final long seed, final int messages, final boolean hasEndMark) throws IOException {
        final byte[] bytes = ItchSample.file(seed, messages);
        requireSameBytes(hasEndMark ? Arrays.copyOf(bytes, bytes.length + 2) : bytes);
    }

    @Test
    void shouldMakeATapeOfAFileWithoutMessages() throws IOException {
        requireSameBytes(new byte[0]);
        requireSameBytes(new byte[2]);
    }

    private void requireSameBytes(final byte[] bytes) throws IOException {
        final Path file = Files.write(folder.resolve("in.itch50"), bytes);

        final Path tape = Imported.itch(file, folder.resolve("set"));

        assertThat(Imported.itchBytes(tape)).isEqualTo(bytes);
        assertThat(Format2Verifier.verify(tape)).noneMatch(finding -> finding.severity() == Finding.Severity.DAMAGE);
        final DataSet dataSet = DataSet.open(folder.resolve("set"));
        assertThat(dataSet.tapes()).singleElement().matches(DataSet.Tape::isDone);
    }

    @Test
    void shouldBuildThePublishedBookFromTheTape() throws IOException {
        final Path tape = Imported.itch(TestData.file("itch/aapl-20120621-0930-1030.itch50"), folder.resolve("aapl"));
        final Path bbo = folder.resolve("bbo.csv");
        final Path depth = folder.resolve("depth.csv");
        final OrderBooks books = new OrderBooks();
        try (JournalSource source = JournalSource.open(tape);
                BboRecorder recorder = new BboRecorder(
                        FileChannel.open(bbo, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        InstrumentTable.of(source.instruments()))) {
            final BookSink sink = new BookSink(books, recorder);
            Replay.run(source, sink, count -> {});
            new DepthWriter(InstrumentTable.of(source.instruments()))
                    .add(books)
                    .write(FileChannel.open(depth, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            assertThat(sink.builder().refusedCount()).isZero();
        }

        assertThat(depth).hasSameBinaryContentAs(TestData.file("itch/aapl-20120621-final-depth.csv"));
        final List<String> golden = Files.readAllLines(TestData.file("itch/aapl-20120621-golden-bbo.csv"));
        assertThat(Files.readAllLines(bbo).stream()
                        .skip(1)
                        .filter(row -> Long.parseLong(row.substring(0, row.indexOf(','))) <= GOLDEN_MESSAGES)
                        .map(row -> row.replace(",AAPL,", ",")))
                .containsExactlyElementsOf(golden.subList(1, golden.size()));
    }

    @Test
    void shouldNameSymbolsAsTheDirectoryOrTheFirstMessageDoes() throws IOException {
        final Path file = write(
                frame(new AddOrder(), 9, "FIRST"),
                frame(new StockDirectory(), 7, "AAPL"),
                frame(new AddOrder(), 7, "AAPL"));
        final ItchInstruments instruments = new ItchInstruments();

        assertThat(instruments.scan(file)).isEqualTo(new ItchFileFacts(3, false));

        assertThat(instruments.instruments())
                .extracting(instrument -> instrument.id() + instrument.symbol() + instrument.tickSize())
                .containsExactly("7AAPL1", "9FIRST1");
    }

    @Test
    void shouldRefuseALocateOrAStockThatMeansTwoThings() throws IOException {
        final Path locate = write(frame(new StockDirectory(), 7, "AAPL"), frame(new StockDirectory(), 7, "MSFT"));
        final Path stock = write(frame(new StockDirectory(), 7, "AAPL"), frame(new AddOrder(), 8, "AAPL"));

        assertThatThrownBy(() -> new ItchInstruments().scan(locate))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("message 2 gives locate 7 to \"MSFT\", which is \"AAPL\"'s");
        assertThatThrownBy(() -> new ItchInstruments().scan(stock))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("message 2 gives locate 8 to \"AAPL\", which has locate 7");
        assertThatThrownBy(() -> new ItchInstruments().scan(write(frame(new AddOrder(), 8, "A B"))))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("message 1 names the stock \"A B\", which is no symbol");
    }

    @Test
    void shouldNameTheMessageThatCannotBeARecordAndLeaveNoTape() throws IOException {
        final Path set = folder.resolve("set");
        final Path type = write(frame(new StockDirectory(), 7, "AAPL"), new byte[] {0, 1, 'z'});
        final Path mismatch = write(frame(new StockDirectory(), 7, "AAPL"), frame(new AddOrder(), 7, "MSFT"));

        assertThatThrownBy(() -> Imported.itch(type, set))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("message 2, type z with 1 bytes, cannot be a record: unknown message");
        assertThatThrownBy(() -> Imported.itch(mismatch, set))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("message 2, type A with 36 bytes, cannot be a record: stock is not");
        assertThat(set).isEmptyDirectory();
    }

    @Test
    void shouldRefuseBytesBehindTheEndMark() throws IOException {
        final Path file = write(frame(new StockDirectory(), 7, "AAPL"), new byte[] {0, 0, 1, 2, 3});

        assertThatThrownBy(() -> Imported.itch(file, folder.resolve("set")))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("3 bytes follow the end marker behind message 1");
    }

    @Test
    void shouldNotTouchADataSetThatIsThere() throws IOException {
        Imported.itch(write(frame(new StockDirectory(), 7, "AAPL")), folder.resolve("set"));

        assertThatThrownBy(() -> DataSetRecorder.create(
                        folder.resolve("set"), Imported.RECIPE, ZoneId.of("UTC"), List.of(), false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Imported.itchBytes(folder.resolve("set/2019-12-30.qrsdp")))
                .isEqualTo(frame(new StockDirectory(), 7, "AAPL"));
    }

    @Test
    void shouldGiveTheSameBytesBackOrSayWhatIsCorrupt() throws IOException {
        final byte[] original = ItchSample.file(1, 300);
        final Path file = folder.resolve("mutant.itch50");
        int corrupt = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            final byte[] mutant = ByteMutator.mutate(original, seed, 64);
            Files.write(file, mutant);
            try {
                final Path tape = Imported.itch(file, folder.resolve("set"));
                assertThat(Imported.itchBytes(tape)).as("seed %d", seed).isEqualTo(mutant);
            } catch (final CorruptDataException ex) {
                assertThat(ex).hasMessageContaining("mutant.itch50: at offset").hasMessageContaining("message");
                corrupt++;
            }
        }
        assertThat(corrupt).isBetween(1, MUTANTS - 1);
    }

    @Test
    void shouldAllocateNothingPerMessage() throws IOException {
        final Path file = Files.write(folder.resolve("in.itch50"), ItchSample.file(1, 100_000));
        final ItchInstruments instruments = new ItchInstruments();
        final ItchFileFacts facts = instruments.scan(file);
        long leastBytes = Long.MAX_VALUE;
        for (int run = 0; run < 10; run++) {
            try (ItchSource source = ItchSource.open(file, Imported.DATE, instruments.instruments(), facts)) {
                // A channel makes one object of its own when it is first read.
                source.poll((slots, low, high) -> {}, 1);
                leastBytes = Math.min(leastBytes, AllocationMeter.allocatedBytes(() -> count(source)));
            }
        }

        // The replay's own few objects, and none for 100,000 messages.
        assertThat(leastBytes).isLessThan(200);
    }

    private static void count(final ItchSource source) {
        try {
            Imported.count(source);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private Path write(final byte[]... frames) throws IOException {
        int length = 0;
        for (final byte[] frame : frames) {
            length += frame.length;
        }
        final byte[] bytes = new byte[length];
        int at = 0;
        for (final byte[] frame : frames) {
            System.arraycopy(frame, 0, bytes, at, frame.length);
            at += frame.length;
        }
        return Files.write(folder.resolve("in" + fileCount++ + ".itch50"), bytes);
    }

    private static <T extends ItchMessageFlyweight<T>> byte[] frame(
            final T message, final int locate, final String stock) {
        final byte[] bytes = new byte[BinaryFileDescriptor.LENGTH_FIELD_LENGTH + message.length()];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        BinaryFileDescriptor.putMessageLength(buffer, 0, message.length());
        message.wrapAndApplyType(buffer, BinaryFileDescriptor.LENGTH_FIELD_LENGTH)
                .stockLocate(locate);
        if (message instanceof AddOrder) {
            ((AddOrder) message)
                    .stock(Alpha.toLong(stock))
                    .buySellIndicator((byte) 'B')
                    .shares(1)
                    .orderReferenceNumber(1);
        } else {
            ((StockDirectory) message).stock(Alpha.toLong(stock));
        }
        return bytes;
    }
}
