package io.tapedeck.engine.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.record.RecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.junit.jupiter.api.Test;

/** What cannot go out is named; what can is tested with the importer, by bytes. */
class ItchFileSinkTest {
    private final RecordBuffer buffer = new RecordBuffer(64);
    private final RecordWriter writer = new RecordWriter(buffer);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void shouldNameTheRecordThatCannotBeAMessageAndWriteThoseBeforeIt() throws IOException {
        final LocateDirectory directory = new LocateDirectory();
        directory.define(1, Alpha.toLong("AAPL"), 100);
        writer.event(1, EventTypeCode.ADD, SideCode.BUY, 0, 1, 0, 1, 5, 1);
        writer.event(1, EventTypeCode.ADD, SideCode.BUY, 0, 2, 0, 1, -5, 1);
        writer.flush();
        try (ItchFileSink sink = new ItchFileSink(Channels.newChannel(bytes), directory)) {
            assertThatThrownBy(() -> sink.onBatch(buffer.slots(), 0, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("record 2 cannot be an ITCH message: price is off the tick or out of range");
            assertThat(sink.messageCount()).isEqualTo(1);
        }

        assertThat(bytes.size()).isEqualTo(2 + 36);
    }
}
