package io.tapedeck.perf;

import io.tapedeck.engine.replay.QueueBookReplay;
import io.tapedeck.journal.format1.Format1Reader;
import java.io.IOException;

/** Rebuilds the book of a simulated day from its tape. */
final class Format1BookWorkload implements Workload {
    private final SimulatedTape tape = new SimulatedTape();

    Format1BookWorkload() throws IOException {}

    @Override
    public long run() throws IOException {
        try (Format1Reader reader = Format1Reader.open(tape.file())) {
            final QueueBookReplay replay = new QueueBookReplay(reader.header());
            reader.forEach(replay::apply);
            Workload.require(replay.incoherence() == null, replay.incoherence());
            Workload.require(
                    replay.book().midTicks() == tape.summary().closePriceTicks(),
                    "close " + replay.book().midTicks());
            return replay.eventCount();
        }
    }
}
