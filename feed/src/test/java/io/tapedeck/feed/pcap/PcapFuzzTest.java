package io.tapedeck.feed.pcap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.feed.mold.MoldHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;

/** Any file is a capture that can be played, or reported as damaged. */
class PcapFuzzTest implements MoldHandler {
    @Override
    public void onMessage(final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
    }

    @FuzzTest
    void shouldPlayOrRefuseAnyFile(final byte[] bytes) throws IOException {
        final Path path = Files.createTempFile("fuzz", ".pcap");
        try {
            Files.write(path, bytes);
            final CaptureSurvey survey = new CaptureSurvey();
            survey.scan(path);
            if (survey.flows().size() == 1) {
                try (CapturePlayer player = new CapturePlayer(survey.flows(), this)) {
                    player.play(path, count -> {});
                    player.finish();
                }
            }
        } catch (final CorruptDataException expected) {
            // That is the answer to damage.
        } finally {
            Files.delete(path);
        }
    }
}
