package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every known stream is generated again, to the last bit. Where the reference program's files are at hand they are
 * compared event by event; where not, their digests stand for them.
 */
class ReferenceStreamsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tapedeck.engine.session.ReferenceStream#all")
    void shouldGiveTheKnownDigestWhenParametersAreThoseOf(final ReferenceStream stream) {
        final SessionParameters parameters = stream.parameters();
        final ReferenceSession session = new ReferenceSession(parameters);
        final StreamEvent.Digest digest = new StreamEvent.Digest();
        session.open(stream.seed(), parameters.p0Ticks());
        while (!session.isClosed()) {
            session.generate(digest, 10_000);
        }

        assertThat(session.eventCount()).isEqualTo(stream.eventCount());
        assertThat(session.moveCount()).isEqualTo(stream.moveCount());
        assertThat(session.closePriceTicks()).isEqualTo(stream.closePriceTicks());
        assertThat(digest.hex()).isEqualTo(stream.sha256());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tapedeck.engine.session.ReferenceStream#ofTheReferenceProgram")
    void shouldGiveTheReferenceProgramsEventsOf(final ReferenceStream stream) throws IOException {
        final Iterator<StreamEvent> generated =
                StreamEvent.generate(stream.parameters(), stream.seed(), 1_000).iterator();
        try (Format1Reader reader = Format1Reader.open(TestData.reference(stream.file()))) {
            assertThat(reader.header().seed()).isEqualTo(stream.seed());
            assertThat(reader.recordCount()).isEqualTo(stream.eventCount());
            reader.forEach(record -> {
                final StreamEvent event = generated.next();
                assertThat(Math.abs(event.timestampNs() - record.timestampNs())).isLessThanOrEqualTo(1);
                assertThat(new StreamEvent(
                                event.timestampNs(),
                                record.type(),
                                record.side(),
                                record.priceTicks(),
                                record.quantity(),
                                record.orderId(),
                                event.flags()))
                        .isEqualTo(event);
            });
        }

        assertThat(generated.hasNext()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"var-simple-onelevel-s6", "var-simple-reinit-s3"})
    void shouldGiveTheReferenceProgramsFlagsOf(final String name) throws IOException {
        final List<String> flags = Files.readAllLines(TestData.reference(name + ".flags.csv")).stream()
                .filter(line -> Character.isDigit(line.charAt(0)))
                .collect(Collectors.toList());
        final ReferenceStream stream = ReferenceStream.ofTheReferenceProgram()
                .filter(candidate -> candidate.file().equals(name + ".qrsdp"))
                .findFirst()
                .orElseThrow();
        final List<String> generated = StreamEvent.generate(stream.parameters(), stream.seed(), 1_000).stream()
                .filter(event -> event.flags() != 0)
                .map(event -> event.orderId() - 1 + "," + event.flags())
                .collect(Collectors.toList());

        assertThat(flags).isNotEmpty();
        assertThat(generated).isEqualTo(flags);
    }

    @Test
    void shouldDigestWhatAJournalRecordHolds() {
        final StreamEvent.Digest digest = new StreamEvent.Digest();
        digest.onEvent(34_200_000_000_000L, 5, 0, -2, 1, 7, 3);
        final byte[] bytes = new byte[26];
        new Qrsdp1RecordFlyweight().wrap(new UnsafeBuffer(bytes), 0).set(34_200_000_000_000L, 5, 0, -2, 1, 7);

        assertThat(digest.hex()).isEqualTo(StreamEvent.Digest.hexOf(bytes));
    }
}
