package io.tapedeck.engine.replay;

import java.nio.file.Path;

/**
 * What a replay would read of one file.
 *
 * @param path        of the file.
 * @param recordCount in the file.
 * @param chunkCount  in the file.
 * @param readRecords in the chunks that are to be read: at most so many are wanted.
 * @param readChunks  how many are to be read; the others hold nothing that is wanted.
 * @param readBytes   length of the chunks that are to be read.
 */
public record SourcePlan(
        Path path, long recordCount, int chunkCount, long readRecords, int readChunks, long readBytes) {}
