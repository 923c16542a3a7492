package io.tapedeck.engine.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.model.QueueReactiveCurvesFile;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two files that the seed program's calibrator wrote, from the sessions that it read. */
@Tag("campaign")
class ReferenceEstimatorTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);

    @TempDir
    private Path folder;

    @Test
    void shouldWriteTheSeedProgramsFileOfOneSession() throws IOException {
        final ReferenceEstimator estimator = new ReferenceEstimator(0);
        final long events = estimator.add(TestData.reference("run-hlr-s42/2026-01-02.qrsdp"));
        final Path file = folder.resolve("curves.json");

        QueueReactiveCurvesFile.save(file, estimator.curves(100, 0.3));

        assertThat(events).isEqualTo(16_533);
        assertThat(file).hasSameBinaryContentAs(TestData.reference("curves-from-hlr-s42.json"));
    }

    @Test
    void shouldWriteTheSeedProgramsFileOfSeveralSessionsWithFewerLevels() throws IOException {
        final ReferenceEstimator estimator = new ReferenceEstimator(3);
        estimator.add(TestData.reference("run-multiday-s42/2026-01-02.qrsdp"));
        estimator.add(TestData.reference("run-multiday-s42/2026-01-05.qrsdp"));
        final Path file = folder.resolve("curves.json");

        QueueReactiveCurvesFile.save(file, estimator.curves(20, 0.25));

        assertThat(file).hasSameBinaryContentAs(TestData.reference("curves-from-multiday-k3.json"));
    }

    @Test
    void shouldGiveCurvesOrSayWhatIsCorruptWhateverTheBytes() throws IOException {
        final byte[] original = Files.readAllBytes(TestData.reference("var-simple-short-s42.qrsdp"));
        final Path file = folder.resolve("mutant.qrsdp");
        int corrupt = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            Files.write(file, ByteMutator.mutate(original, seed, 64));
            final ReferenceEstimator estimator = new ReferenceEstimator(3);
            try {
                estimator.add(file);
                estimator.curves(10, 0.3);
            } catch (final CorruptDataException ex) {
                assertThat(ex).hasMessageContaining("mutant.qrsdp");
                corrupt++;
            }
        }
        assertThat(corrupt).isBetween(1, MUTANTS - 1);
    }

    @Test
    void shouldRefuseWhatItCannotGive() {
        assertThatThrownBy(() -> new ReferenceEstimator(0).curves(10, 0.3)).hasMessage("no session was added");
        assertThatThrownBy(() -> new ReferenceEstimator(2_000)).hasMessageContaining("levels=2000");
    }

    @Test
    void shouldRefuseQueuesThatAreTooLong() throws IOException {
        final ReferenceEstimator estimator = new ReferenceEstimator(0);
        estimator.add(TestData.reference("var-simple-short-s42.qrsdp"));

        assertThatThrownBy(() -> estimator.curves(1 << 30, 0.3)).hasMessageContaining("maxQueue=1073741824");
    }
}
