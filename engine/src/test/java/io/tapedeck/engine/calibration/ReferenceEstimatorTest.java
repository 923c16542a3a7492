package io.tapedeck.engine.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.engine.model.QueueReactiveCurvesFile;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two files that the seed program's calibrator wrote, from the sessions that it read. */
class ReferenceEstimatorTest {
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
    void shouldRefuseWhatItCannotGive() {
        assertThatThrownBy(() -> new ReferenceEstimator(0).curves(10, 0.3)).hasMessage("no session was added");
        assertThatThrownBy(() -> new ReferenceEstimator(2_000)).hasMessageContaining("levels=2000");
    }
}
