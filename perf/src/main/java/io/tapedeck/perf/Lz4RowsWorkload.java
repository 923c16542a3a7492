package io.tapedeck.perf;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.format2.Format2Reader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.agrona.DirectBuffer;

/**
 * What reading columns is compared with: LZ4 alone inflates the same records as rows of 26 bytes, 4,096 of them in a
 * block, as the seed program keeps them.
 */
final class Lz4RowsWorkload implements Workload {
    private static final int ROW_LENGTH = 26;
    private static final int ROWS = 4_096;
    private static final int[] FIELDS = {
        EventSlotDescriptor.EVENT_TIME_OFFSET,
        Long.BYTES,
        EventSlotDescriptor.EVENT_TYPE_OFFSET,
        2,
        EventSlotDescriptor.PRICE_OFFSET,
        2 * Integer.BYTES,
        EventSlotDescriptor.ORDER_ID_OFFSET,
        Long.BYTES,
    };

    private final LZ4Compressor compressor = LZ4Factory.nativeInstance().fastCompressor();
    private final LZ4SafeDecompressor decompressor = LZ4Factory.nativeInstance().safeDecompressor();
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Long> checksums = new ArrayList<>();
    private final ByteBuffer rows = ByteBuffer.allocateDirect(ROWS * ROW_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private boolean isChecked;
    private long records;

    Lz4RowsWorkload(final TapeContent content, final Path data) throws IOException, InterruptedException {
        try (Format2Reader reader = Format2Reader.open(content.record(new TemporaryRun(), data))) {
            reader.forEach(this::add);
            compress();
            records = reader.recordCount();
        }
    }

    private void add(final SlotArray slots, final long low, final long high) {
        for (long at = low; at <= high; at++) {
            final DirectBuffer buffer = slots.buffer();
            for (int i = 0; i < FIELDS.length; i += 2) {
                for (int k = 0; k < FIELDS[i + 1]; k++) {
                    rows.put(buffer.getByte(slots.offset(at) + FIELDS[i] + k));
                }
            }
            if (!rows.hasRemaining()) {
                compress();
            }
        }
    }

    private void compress() {
        final int length = rows.position();
        final ByteBuffer packed = ByteBuffer.allocateDirect(compressor.maxCompressedLength(length));
        final int size = compressor.compress(rows, 0, length, packed, 0, packed.capacity());
        blocks.add(ByteBuffer.allocateDirect(size).put(packed.limit(size).position(0)));
        sizes.add(length);
        checksums.add(checksum(length));
        rows.clear();
    }

    private long checksum(final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(rows.duplicate().limit(length).position(0));
        return crc.getValue();
    }

    @Override
    public long run() {
        for (int i = 0; i < blocks.size(); i++) {
            final ByteBuffer block = blocks.get(i);
            final int length = decompressor.decompress(block, 0, block.capacity(), rows, 0, sizes.get(i));
            Workload.require(length == sizes.get(i), "a block of another length");
            // LZ4 alone is what is measured: the bytes are looked at in the first run.
            Workload.require(isChecked || checksum(length) == checksums.get(i), "a block of other rows");
        }
        isChecked = true;
        return records;
    }
}
