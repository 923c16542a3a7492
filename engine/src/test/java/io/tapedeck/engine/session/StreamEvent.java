package io.tapedeck.engine.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** One event of a session, for comparison as a whole. */
record StreamEvent(long timestampNs, int type, int side, int priceTicks, int quantity, long orderId, int flags) {
    private static final int RECORD_LENGTH = 26;

    static List<StreamEvent> generate(final SessionParameters parameters, final long seed, final int batch) {
        final ReferenceSession session = new ReferenceSession(parameters);
        session.open(seed, parameters.p0Ticks());
        final List<StreamEvent> events = new ArrayList<>();
        while (!session.isClosed()) {
            session.generate(
                    (timestampNs, type, side, priceTicks, quantity, orderId, flags) ->
                            events.add(new StreamEvent(timestampNs, type, side, priceTicks, quantity, orderId, flags)),
                    batch);
        }
        return events;
    }

    /** SHA-256 over the events as 26-byte little-endian records: time, type, side, price, quantity, id. No flags. */
    static final class Digest implements QueueEventSink {
        private final MessageDigest digest;
        private final ByteBuffer record = ByteBuffer.allocate(RECORD_LENGTH).order(ByteOrder.LITTLE_ENDIAN);

        Digest() {
            digest = sha256();
        }

        /** The digest of bytes as they are. */
        static String hexOf(final byte[] bytes) {
            return hex(sha256().digest(bytes));
        }

        @Override
        public void onEvent(
                final long timestampNs,
                final int type,
                final int side,
                final int priceTicks,
                final int quantity,
                final long orderId,
                final int flags) {
            record.clear();
            record.putLong(timestampNs).put((byte) type).put((byte) side);
            record.putInt(priceTicks).putInt(quantity).putLong(orderId);
            digest.update(record.array());
        }

        String hex() {
            return hex(digest.digest());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (final NoSuchAlgorithmException ex) {
                throw new IllegalStateException(ex);
            }
        }

        private static String hex(final byte[] bytes) {
            final StringBuilder hex = new StringBuilder();
            for (final byte b : bytes) {
                hex.append(String.format("%02x", b));
            }
            return hex.toString();
        }
    }
}
