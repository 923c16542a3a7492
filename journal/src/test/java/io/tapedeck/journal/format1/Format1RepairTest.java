package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.RepairResult;
import io.tapedeck.journal.format1.Format1Files.Event;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Format1RepairTest {
    @TempDir
    private Path folder;

    private final List<Event> events = Format1Files.plausible(30, 1);

    private Path original() throws IOException {
        return Format1Files.write(folder.resolve("original"), Format1Files.header(8), events);
    }

    @Test
    void shouldMakeTheSameFileOfAWholeOne() throws IOException {
        final Path repaired = folder.resolve("repaired");

        final RepairResult result = Format1Repair.repair(original(), repaired);

        assertThat(result).isEqualTo(new RepairResult(30, 4, List.of()));
        assertThat(repaired).hasSameBinaryContentAs(folder.resolve("original"));
    }

    @Test
    void shouldKeepWhatIsWholeOfATornFile() throws IOException {
        final byte[] bytes = Files.readAllBytes(original());
        final Path torn = Files.write(folder.resolve("torn"), Arrays.copyOf(bytes, bytes.length / 2));
        final Path repaired = folder.resolve("repaired");

        final RepairResult result = Format1Repair.repair(torn, repaired);

        assertThat(result.losses()).hasSize(1);
        assertThat(result.recordCount()).isPositive();
        assertThat(Format1Files.read(repaired)).isEqualTo(events.subList(0, (int) result.recordCount()));
        assertThat(Format1Verifier.verify(repaired)).isEmpty();
        assertThat(torn).hasSize(bytes.length / 2);
    }

    @Test
    void shouldLeaveOutADamagedChunkInTheMiddle() throws IOException {
        final byte[] bytes = Files.readAllBytes(original());
        try (Format1Reader reader = Format1Reader.open(folder.resolve("original"))) {
            bytes[(int) reader.chunkOffset(2) + 32] = (byte) 0xFF;
        }
        final Path damaged = Files.write(folder.resolve("damaged"), bytes);
        final Path repaired = folder.resolve("repaired");
        final List<Event> kept = new ArrayList<>(events.subList(0, 16));
        kept.addAll(events.subList(24, 30));

        assertThat(Format1Repair.repair(damaged, repaired).losses()).hasSize(1);
        assertThat(Format1Files.read(repaired)).isEqualTo(kept);
    }

    @Test
    void shouldNotOverwriteAFile() throws IOException {
        final Path path = original();

        assertThatThrownBy(() -> Format1Repair.repair(path, path)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Format1Files.read(path)).isEqualTo(events);
    }

    @Test
    void shouldMakeNoFileWhenThereIsNoHeader() throws IOException {
        final Path path = Files.write(folder.resolve("noise"), new byte[100]);

        assertThatThrownBy(() -> Format1Repair.repair(path, folder.resolve("repaired")))
                .isInstanceOf(CorruptDataException.class);
        assertThat(folder.resolve("repaired")).doesNotExist();
    }
}
