package io.tapedeck.journal.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.manifest.ReferenceManifest.Security;
import io.tapedeck.journal.manifest.ReferenceManifest.Session;
import io.tapedeck.journal.manifest.RunDirectory.RunSession;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void shouldListTheSessionsOfNamedSecurities() throws IOException {
        final Path path = TestData.reference("run-multisec-s42");

        final RunDirectory run = RunDirectory.open(path);

        assertThat(run.sessions()).hasSize(6);
        assertThat(run.sessions().get(3))
                .isEqualTo(new RunSession("MSFT", "2024-02-29", 1067, path.resolve("MSFT/2024-02-29.qrsdp")));
        for (final RunSession session : run.sessions()) {
            try (Format1Reader reader = Format1Reader.open(session.file())) {
                assertThat(reader.header().seed()).isEqualTo(session.seed());
            }
        }
    }

    @Test
    void shouldListTheSessionsOfANamelessSecurity() throws IOException {
        final Path path = TestData.reference("run-multiday-s42");

        assertThat(RunDirectory.open(path).sessions())
                .hasSize(4)
                .first()
                .isEqualTo(new RunSession(null, "2026-01-02", 42, path.resolve("2026-01-02.qrsdp")));
    }

    @Test
    void shouldSayThatAFolderHoldsNoRun() {
        assertThatThrownBy(() -> RunDirectory.open(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(folder.resolve("manifest.json").toString())
                .hasMessageContaining("holds no run");
    }

    @Test
    void shouldRefuseLinksThatLeadOutOfTheFolder() throws IOException {
        final Path outside = Files.createFile(folder.resolve("outside"));
        final Path path = Files.createDirectory(folder.resolve("run"));
        Files.createFile(path.resolve("inside"));
        Files.createSymbolicLink(path.resolve("2026-01-02.qrsdp"), path.resolve("inside"));
        final ReferenceManifest manifest = ReferenceManifest.of(
                1,
                1,
                List.of(new Security(null, 1, 1, 1, 1, 1, List.of(new Session("2026-01-02", 1, "2026-01-02.qrsdp")))));
        manifest.write(path);
        assertThat(RunDirectory.open(path).manifest()).isEqualTo(manifest);

        Files.delete(path.resolve("2026-01-02.qrsdp"));
        Files.createSymbolicLink(path.resolve("2026-01-02.qrsdp"), outside);

        assertThatThrownBy(() -> RunDirectory.open(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("outside the run directory");
    }
}
