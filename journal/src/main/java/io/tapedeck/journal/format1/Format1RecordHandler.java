package io.tapedeck.journal.format1;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;

/** Takes the records of a file one by one. */
@FunctionalInterface
public interface Format1RecordHandler {
    /**
     * Called for each record in file order, on the thread that reads.
     *
     * @param record shows the record; moves on as soon as this method returns. Its type and side are valid, its time
     *               is not before that of the record before it.
     */
    void onRecord(Qrsdp1RecordFlyweight record);
}
