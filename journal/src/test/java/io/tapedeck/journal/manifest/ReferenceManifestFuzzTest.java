package io.tapedeck.journal.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Any bytes as a manifest. In a normal build it runs the committed inputs only; a fuzzing session searches for others. */
class ReferenceManifestFuzzTest {
    private static final Path PATH = Path.of("manifest.json");

    @FuzzTest
    void shouldGiveAManifestOrAClearError(final byte[] bytes) throws IOException {
        final ReferenceManifest manifest;
        try {
            manifest = ManifestParser.parse(JsonValue.parse(JsonSource.manifest(PATH), bytes));
        } catch (final CorruptDataException ex) {
            assertThat(ex).hasMessageContaining(PATH.toString());
            return;
        }
        final byte[] written = manifest.toJson().getBytes(StandardCharsets.US_ASCII);
        assertThat(ManifestParser.parse(JsonValue.parse(JsonSource.manifest(PATH), written)))
                .isEqualTo(manifest);
    }
}
