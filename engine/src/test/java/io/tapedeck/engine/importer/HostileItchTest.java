package io.tapedeck.engine.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes that are not what they claim: books or {@link CorruptDataException}, nothing else, in bounded memory. The number
 * of mutants is the system property {@code tapedeck.mutants}.
 */
@Tag("campaign")
class HostileItchTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    private static final int SAMPLE_MESSAGES = 300;
    private static final int HOT_LENGTH = 64;

    /** What the package promises: 4 MB, 2 KB per locate and 256 bytes per order; here each message may be both. */
    private static final long MAX_BYTES_PER_FILE = (4L << 20) + SAMPLE_MESSAGES * 2 * (2_048 + 256);

    @TempDir
    private Path folder;

    @Test
    void shouldGiveBooksOrSayWhatIsCorruptWhateverTheBytes() throws IOException {
        final List<byte[]> originals = originals();
        int corrupt = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            final byte[] mutant = ByteMutator.mutate(originals.get(seed % originals.size()), seed, HOT_LENGTH);
            corrupt += replay(mutant) ? 0 : 1;
        }
        assertThat(corrupt).isBetween(1, MUTANTS - 1);
    }

    @Test
    void shouldStayWithinTheStatedMemoryWhateverTheBytes() throws IOException {
        final List<byte[]> originals = originals();
        for (int seed = 0; seed < MUTANTS / 20; seed++) {
            final byte[] mutant = ByteMutator.mutate(originals.get(seed % originals.size()), -1 - seed, HOT_LENGTH);
            final Path file = Files.write(folder.resolve("mutant.itch50"), mutant);
            // Twice, because what the JVM itself takes for classes it loads is not the file's.
            final long bytes = AllocationMeter.leastAllocatedBytes(() -> replay(file), 2);
            assertThat(bytes).as("seed " + seed).isLessThan(MAX_BYTES_PER_FILE);
        }
    }

    @FuzzTest
    void shouldSurviveAnyBytes(final byte[] bytes) throws IOException {
        replay(bytes);
    }

    /** Short files of every kind: the project's own always, the real ones where they are. */
    private static List<byte[]> originals() {
        final List<byte[]> originals = new ArrayList<>();
        originals.add(ItchSample.file(1, SAMPLE_MESSAGES));
        for (final String name : new String[] {"all-23-types", "nasdaq-20191230-open", "nasdaq-start-of-day"}) {
            final Path file =
                    Path.of(System.getProperty("tapedeck.testData", "../../shared/data"), "itch", name + ".itch50");
            if (Files.exists(file)) {
                originals.add(firstMessages(TestData.bytes("itch/" + name + ".itch50")));
            }
        }
        return originals;
    }

    private static byte[] firstMessages(final byte[] file) {
        int end = 0;
        for (int i = 0; i < SAMPLE_MESSAGES && end < file.length; i++) {
            end += 2 + (file[end] << 8 | file[end + 1]);
        }
        return Arrays.copyOf(file, end);
    }

    private boolean replay(final byte[] bytes) throws IOException {
        return replay(Files.write(folder.resolve("mutant.itch50"), bytes));
    }

    /** Everything that is ever done with a file; false if it was found corrupt. */
    private static boolean replay(final Path file) {
        final ItchBookBuilder builder = new ItchBookBuilder(new OrderBooks());
        final DepthWriter depth = new DepthWriter(builder.directory());
        try (ItchFileReader reader = ItchFileReader.open(file);
                BboRecorder recorder =
                        new BboRecorder(Channels.newChannel(OutputStream.nullOutputStream()), builder.directory())) {
            new ItchBookReplay(reader, builder).recordBbo(recorder).run();
            return true;
        } catch (final CorruptDataException ex) {
            assertThat(ex).hasMessageContaining("mutant.itch50: at offset " + ex.offset());
            return false;
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        } finally {
            write(depth.add(builder.books()));
        }
    }

    private static void write(final DepthWriter depth) {
        try {
            depth.write(Channels.newChannel(OutputStream.nullOutputStream()));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
