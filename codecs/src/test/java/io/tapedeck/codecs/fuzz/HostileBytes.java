package io.tapedeck.codecs.fuzz;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.binaryfile.BinaryFileIterator;
import io.tapedeck.codecs.glimpse.EndOfSnapshot;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchDispatcher;
import io.tapedeck.codecs.itch.ItchFields;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldRequest;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.soup.SoupLoginAccepted;
import io.tapedeck.codecs.soup.SoupLoginRequest;
import io.tapedeck.codecs.soup.SoupPacketReader;
import io.tapedeck.codecs.soup.SoupText;
import io.tapedeck.codecs.translation.ItchToRecord;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.codecs.translation.RecordToItch;
import io.tapedeck.codecs.translation.Refusal;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes any bytes through everything that reads them. The bytes fill their buffer to the last one and bounds are
 * checked, so that a read beyond the input throws; any exception is a failure.
 */
final class HostileBytes {
    private static final MoldSession SESSION = MoldSession.of("TAPE");
    private static final SoupText SOUP_SESSION = SoupText.of("TAPE", 10);
    private static final int STOCKS = 600;

    private final LocateDirectory directory = new LocateDirectory();
    private final ItchToRecord toRecord = new ItchToRecord(directory);
    private final RecordToItch toItch = new RecordToItch(directory);
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[SLOT_LENGTH]);
    private final ItchDispatcher dispatcher = new ItchDispatcher(ItchFields.handler(ItchFields::read));
    private long messages;

    HostileBytes() {
        assertThat(UnsafeBuffer.SHOULD_BOUNDS_CHECK).isTrue();
        for (int locate = 1; locate <= STOCKS; locate++) {
            directory.define(locate, Alpha.toLong("T" + locate), 1);
        }
    }

    /** Messages walked over so far. */
    long messages() {
        return messages;
    }

    void readBinaryFile(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final BinaryFileIterator iterator = new BinaryFileIterator().wrap(buffer, 0, bytes.length);
        int walked = 0;
        while (BinaryFileIterator.MESSAGE == iterator.next()) {
            readMessage(bytes, iterator.messageOffset(), iterator.messageLength());
            walked += 2 + iterator.messageLength();
        }
        assertThat(walked).isEqualTo(iterator.position()).isLessThanOrEqualTo(bytes.length);
        assertThat(iterator.next())
                .isIn(
                        BinaryFileIterator.END_OF_WINDOW,
                        BinaryFileIterator.END_OF_SESSION,
                        BinaryFileIterator.TRUNCATED);
    }

    void readMoldPacket(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final MoldPacketReader packet = new MoldPacketReader();
        final int kind = packet.wrap(buffer, 0, bytes.length);
        int read = 0;
        while (MoldPacketReader.MESSAGE == packet.next()) {
            readMessage(bytes, packet.messageOffset(), packet.messageLength());
            read++;
        }
        if (MoldPacketReader.TRUNCATED != kind) {
            assertThat(read).isLessThanOrEqualTo(packet.messageCount());
            assertThat(packet.isOf(packet.session())).isTrue();
            assertThat(packet.session().toString()).hasSizeLessThanOrEqualTo(10);
        }
        assertThat(packet.next()).isIn(MoldPacketReader.END_OF_PACKET, MoldPacketReader.TRUNCATED);
    }

    void readMoldRequest(final byte[] bytes) {
        final MoldRequest request = new MoldRequest();
        final boolean wrapped = request.tryWrap(new UnsafeBuffer(bytes), 0, bytes.length);
        assertThat(wrapped).isEqualTo(20 == bytes.length);
        if (wrapped) {
            final UnsafeBuffer again = new UnsafeBuffer(new byte[MoldRequest.LENGTH]);
            final MoldSession session = MoldSession.read(new UnsafeBuffer(bytes), 0);
            assertThat(request.isFor(session)).isTrue();
            assertThat(request.isFor(SESSION)).isEqualTo(SESSION.equals(session));
            MoldRequest.put(again, 0, session, request.sequence(), request.messageCount());
            assertThat(again.byteArray()).isEqualTo(bytes);
        }
    }

    /** Every payload is read as everything that a payload can be. */
    void readSoupStream(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final SoupPacketReader reader = new SoupPacketReader().wrap(buffer, 0, bytes.length);
        final SoupLoginRequest request = new SoupLoginRequest();
        final SoupLoginAccepted accepted = new SoupLoginAccepted();
        int walked = 0;
        while (SoupPacketReader.PACKET == reader.next()) {
            final byte[] payload =
                    Arrays.copyOfRange(bytes, reader.payloadOffset(), reader.payloadOffset() + reader.payloadLength());
            final UnsafeBuffer alone = new UnsafeBuffer(payload);
            walked += 3 + payload.length;
            assertThat(reader.position()).isEqualTo(walked);
            assertThat(request.tryWrap(alone, 0, payload.length)).isEqualTo(46 == payload.length);
            if (46 == payload.length) {
                final boolean isBlank = new String(payload, 6, 10, ISO_8859_1).matches(" *");
                assertThat(request.hasPassword(SoupText.BLANK)).isEqualTo(isBlank);
                assertThat(request.sequence()).isGreaterThanOrEqualTo(-1);
                request.isFor(SOUP_SESSION);
            }
            assertThat(accepted.tryWrap(alone, 0, payload.length)).isEqualTo(30 == payload.length);
            if (30 == payload.length) {
                assertThat(accepted.sequence()).isGreaterThanOrEqualTo(-1);
                accepted.isFor(SOUP_SESSION);
            }
            if (EndOfSnapshot.is(alone, 0, payload.length)) {
                assertThat(EndOfSnapshot.sequence(alone, 0)).isGreaterThanOrEqualTo(-1);
            }
            messages++;
        }
        assertThat(reader.next()).isIn(SoupPacketReader.INCOMPLETE, SoupPacketReader.MALFORMED);
        assertThat(reader.position()).isEqualTo(walked);
    }

    /** A slot of any content becomes a message that becomes the same message again, or is refused. */
    void readSlot(final byte[] bytes) {
        final UnsafeBuffer record = new UnsafeBuffer(Arrays.copyOf(bytes, SLOT_LENGTH));
        final int length = toItch.length(record, 0);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[Math.max(0, length)]);
        final int written = length < 0 ? length : toItch.translate(record, 0, message, 0);
        if (written < 0) {
            assertThat(Refusal.describe(written)).isNotEmpty();
            return;
        }
        messages++;
        assertThat(written).isEqualTo(length);
        assertTranslates(message.byteArray());
    }

    private void readMessage(final byte[] bytes, final int offset, final int length) {
        messages++;
        final byte[] message = Arrays.copyOfRange(bytes, offset, offset + length);
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        final boolean known = length > 0 && ItchMessageType.length(message[0]) == length;
        assertThat(ItchDispatcher.DISPATCHED == dispatcher.dispatch(buffer, 0, length))
                .isEqualTo(known);
        final int template = toRecord.translate(buffer, 0, length, slot, 0, 1);
        if (template < 0) {
            assertThat(Refusal.describe(template)).isNotEmpty();
        } else {
            assertTranslates(message);
        }
    }

    private void assertTranslates(final byte[] message) {
        assertThat(toRecord.translate(new UnsafeBuffer(message), 0, message.length, slot, 0, 1))
                .isPositive();
        final UnsafeBuffer again = new UnsafeBuffer(new byte[message.length]);
        assertThat(toItch.translate(slot, 0, again, 0)).isEqualTo(message.length);
        assertThat(again.byteArray()).isEqualTo(message);
    }
}
