package io.tapedeck.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.sbe.EventDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordWriterTest {
    private final CollectingSink sink = new CollectingSink(4);
    private final RecordWriter writer = new RecordWriter(sink);

    @Test
    void shouldSetEveryFieldOfAnEventWhateverTheSlotHeld() {
        final RecordBuffer buffer = new RecordBuffer(64);
        buffer.slots().buffer().setMemory(0, 64 * 64, (byte) 0xA5);
        final RecordWriter writerToBuffer = new RecordWriter(buffer);
        writerToBuffer.event(123_456_789_012L, EventTypeCode.EXECUTE, SideCode.SELL, 3, 1L << 40 | 7, 9, 2, -5, 11);
        writerToBuffer.flush();

        assertThat(buffer.size()).isEqualTo(1);
        final EventDecoder event = buffer.slots().wrap(new EventDecoder(), 0);
        assertThat(buffer.slots().templateId(0)).isEqualTo(EventDecoder.TEMPLATE_ID);
        assertThat(event.sequence()).isEqualTo(1);
        assertThat(event.eventTimeNs()).isEqualTo(123_456_789_012L);
        assertThat(event.eventTypeRaw()).isEqualTo((short) EventTypeCode.EXECUTE);
        assertThat(event.sideRaw()).isEqualTo((short) SideCode.SELL);
        assertThat(event.flags()).isEqualTo(3);
        assertThat(event.orderId()).isEqualTo(1L << 40 | 7);
        assertThat(event.auxId()).isEqualTo(9);
        assertThat(event.instrumentId()).isEqualTo(2);
        assertThat(event.price()).isEqualTo(-5);
        assertThat(event.quantity()).isEqualTo(11);
        assertThat(event.mpid()).isZero();
        assertThat(event.tracking()).isZero();
        assertThat(event.reserved()).isZero();
    }

    @Test
    void shouldPublishWhatWasWrittenWhenABatchIsFullOrFlushed() {
        write(3);
        assertThat(sink.records()).isEmpty();
        write(2);
        assertThat(sink.records()).hasSize(4);
        writer.flush();
        assertThat(sink.records()).hasSize(5);
        write(1);
        writer.flush();
        writer.flush();

        assertThat(sink.records()).hasSize(6);
        assertThat(sink.publications()).isEqualTo(3);
        assertSequences(6);
    }

    @Test
    void shouldNumberFromOneWhenRestarted() {
        write(5);
        writer.restart();
        write(2);
        writer.flush();

        assertThat(sink.records()).extracting(Slot::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 1L, 2L);
        assertThat(writer.sequence()).isEqualTo(2);
    }

    @Test
    void shouldGiveACopyASequenceOfItsOwn() {
        final RecordBuffer buffer = new RecordBuffer(64);
        final RecordWriter other = new RecordWriter(buffer);
        other.event(10, EventTypeCode.ADD, SideCode.BUY, 1, 2, 3, 4, 5, 6);
        other.event(20, EventTypeCode.DELETE, SideCode.SELL, 7, 8, 9, 10, 11, 12);
        other.flush();
        writer.copy(buffer.slots().buffer(), buffer.slots().offset(1));
        writer.copy(buffer.slots().buffer(), buffer.slots().offset(0));
        writer.flush();

        assertSequences(2);
        final List<Slot> originals = new ArrayList<>();
        originals.add(Slot.of(buffer.slots(), 0));
        originals.add(Slot.of(buffer.slots(), 1));
        assertThat(sink.records().get(0).withoutSequence())
                .isEqualTo(originals.get(1).withoutSequence());
        assertThat(sink.records().get(1).withoutSequence())
                .isEqualTo(originals.get(0).withoutSequence());
    }

    @Test
    void shouldDropWhatComesAfterTheSinkIsClosed() {
        write(5);
        sink.close();
        write(10);
        writer.flush();

        assertThat(writer.isClosed()).isTrue();
        // The claim that was open when the sink closed is still taken.
        assertThat(sink.records()).hasSize(8);
        assertSequences(8);
    }

    @Test
    void shouldKeepAllRecordsWhenABufferGrows() {
        final RecordBuffer buffer = new RecordBuffer(64);
        final RecordWriter toBuffer = new RecordWriter(buffer);
        for (int i = 0; i < 1_000; i++) {
            toBuffer.event(i, EventTypeCode.ADD, SideCode.BUY, 0, i, 0, 1, i, 1);
        }
        toBuffer.flush();

        assertThat(buffer.size()).isEqualTo(1_000);
        final EventDecoder event = new EventDecoder();
        for (int i = 0; i < 1_000; i++) {
            assertThat(buffer.slots().wrap(event, i).orderId()).isEqualTo(i);
        }
        buffer.clear();
        toBuffer.event(0, EventTypeCode.ADD, SideCode.BUY, 0, 77, 0, 1, 0, 1);
        toBuffer.flush();
        assertThat(buffer.size()).isEqualTo(1);
        assertThat(buffer.slots().wrap(event, 0).orderId()).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 63, 100})
    void shouldRefuseABufferWhenItsCapacityIsNone(final int capacity) {
        assertThatThrownBy(() -> new RecordBuffer(capacity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("capacity=" + capacity);
    }

    private void write(final int count) {
        for (int i = 0; i < count; i++) {
            writer.event(i, EventTypeCode.ADD, SideCode.BUY, 0, i, 0, 1, i, 1);
        }
    }

    private void assertSequences(final int count) {
        for (int i = 0; i < count; i++) {
            assertThat(sink.records().get(i).sequence()).isEqualTo(i + 1);
        }
    }
}
