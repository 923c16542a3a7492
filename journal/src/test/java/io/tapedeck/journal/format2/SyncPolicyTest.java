package io.tapedeck.journal.format2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncPolicyTest {
    private long nowNs = 5;

    @ParameterizedTest
    @ValueSource(strings = {"none", "chunk", "interval:1", "interval:86400000"})
    void shouldReadWhatItPrints(final String text) {
        assertThat(SyncPolicy.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "None", "interval", "interval:", "interval:0", "interval:-1", "interval:86400001", "5"})
    void shouldRefuseAnythingElse(final String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SyncPolicy.parse(text))
                .withMessageContaining("must be none, chunk or interval:MS");
    }

    @Test
    void shouldForceAfterEveryChunk() throws IOException {
        try (Format2Writer writer = writer("chunk")) {
            Format2Files.append(writer, Format2Files.plausible(5, 1));
            assertThat(writer.lastDurableSequence()).isEqualTo(4);
            assertThat(writer.syncIfDue()).isFalse();
            writer.closeChunk();
            assertThat(writer.lastDurableSequence()).isEqualTo(5);
        }
    }

    @Test
    void shouldNeverForceWithoutAPolicyThatAsksForIt() throws IOException {
        final Format2Writer writer = writer("none");
        Format2Files.append(writer, Format2Files.plausible(5, 1));
        nowNs = Long.MAX_VALUE;
        assertThat(writer.syncIfDue()).isFalse();
        writer.close();
        assertThat(writer.lastWrittenSequence()).isEqualTo(5);
        assertThat(writer.lastDurableSequence()).isZero();
    }

    @Test
    void shouldForceWhenTheIntervalHasEnded() throws IOException {
        final Format2Writer writer = writer("interval:2");
        Format2Files.append(writer, Format2Files.plausible(4, 1));
        assertThat(writer.lastDurableSequence()).isZero();
        nowNs += 1_999_999;
        assertThat(writer.syncIfDue()).isFalse();
        nowNs += 1;
        assertThat(writer.syncIfDue()).isTrue();
        assertThat(writer.lastDurableSequence()).isEqualTo(4);
        nowNs += 2_000_000;
        assertThat(writer.syncIfDue()).as("nothing new").isFalse();
        writer.close();
        assertThat(writer.lastDurableSequence()).isEqualTo(4);
    }

    private Format2Writer writer(final String policy) throws IOException {
        return new Format2Writer(
                Path.of("torn"),
                new TornDisk(),
                Format2Files.metadata(),
                2,
                SyncPolicy.parse(policy),
                Compression.LZ4,
                () -> nowNs);
    }
}
