package io.tapedeck.feed.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code -Dtapedeck.mutants=100000} makes the campaign longer. */
@Tag("campaign")
@Timeout(300)
class CapturePlayerTest implements MoldHandler {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 500);
    private static final long MS = 1_000_000;

    @TempDir
    private Path folder;

    private final StringBuilder types = new StringBuilder();
    private final List<String> heard = new ArrayList<>();

    @Override
    public void onMessage(final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
        types.append((char) buffer.getByte(offset));
        heard.add(Long.toString(sequence));
    }

    @Override
    public void onGap(final long first, final long last) {
        heard.add(first + "-" + last);
    }

    @ParameterizedTest
    @CsvSource({
        "Multiple.Packets,                  39, 14764496, 233.54.12.111:26477",
        "AddOrderNoMpidAttributionMessage,  1, 0, 233.54.12.111:26477",
        "MarketParticipantPositionMessage,  1, 0, 233.54.12.111:26477",
        "NetOrderImbalanceIndicatorMessage, 1, 0, 233.54.12.111:26477",
        "OrderDeleteMessage,                1, 0, 233.54.12.111:26477",
        "OrderExecutedMessage,              1, 0, 233.54.12.111:26477",
        "OrderReplaceMessage,               1, 0, 233.54.12.111:26477",
        "StockTradingActionMessage,         1, 0, 233.54.12.111:26477",
        "ise-mold-heartbeat,                0, 0, 233.54.12.158:18024"
    })
    void shouldReadRealCaptures(final String name, final int messages, final long first, final String destination)
            throws IOException {
        final Path path = TestData.file("pcap/" + name + ".pcap");
        final CaptureSurvey survey = survey(path);
        assertThat(survey.flows()).hasSize(1);
        assertThat(survey.flows().get(0).destination()).hasToString(destination);
        assertThat(survey.otherCount() + survey.cutCount() + survey.fragmentCount())
                .isZero();
        final MoldReceiver receiver = play(path);

        assertThat(receiver.counts().messageCount()).isEqualTo(messages);
        assertThat(receiver.counts().heartbeatCount()).isEqualTo(messages == 0 ? 1 : 0);
        if (messages == 39) {
            assertThat(heard).hasSize(40).startsWith(Long.toString(first), "14764497-19009116");
            assertThat(types).containsPattern("^D[AF]{38}$");
            assertThat(types.chars().filter(type -> type == 'F')).hasSize(2);
        }
    }

    @Test
    void shouldPutLinesTogetherAndReportWhatNoneHas() throws IOException {
        final Captures captures = Captures.ethernet();
        add(captures, 1, Captures.GROUP_A, 1, 2);
        add(captures, 2, Captures.GROUP_B, 1, 2);
        add(captures, 3, Captures.GROUP_B, 5, 1);
        add(captures, 4, Captures.GROUP_A, 3, 2);
        add(captures, 5, Captures.GROUP_A, 5, 1);
        add(captures, 6, Captures.GROUP_A, 8, 2);
        add(captures, 7, Captures.GROUP_B, 8, 2);
        add(captures, 2_000, Captures.GROUP_A, 8, 2);
        add(captures, 2_001, Captures.GROUP_B, 6, 1);
        final MoldReceiver receiver = play(captures.write(folder));

        assertThat(heard).containsExactly("1", "2", "3", "4", "5", "6-7", "8", "9");
        assertThat(receiver.counts().line(0).firstMessageCount()).isEqualTo(6);
        assertThat(receiver.counts().line(1).firstMessageCount()).isEqualTo(1);
        assertThat(receiver.counts().duplicateMessageCount()).isEqualTo(2 + 1 + 2 + 2 + 1);
    }

    @Test
    void shouldGiveWhatWaitsWhenTheCaptureEnds() throws IOException {
        final Captures captures = Captures.ethernet();
        add(captures, 1, Captures.GROUP_A, 10, 1);
        add(captures, 2, Captures.GROUP_A, 12, 1);
        play(captures.write(folder));

        assertThat(heard).containsExactly("10", "11-11", "12");
    }

    @Test
    void shouldFindFeedsAmongOtherTraffic() throws IOException {
        final Captures captures = Captures.ethernet();
        captures.frame(1, new byte[60]);
        captures.frame(2, Captures.ethernet(Captures.udp(1, 53, new byte[40])));
        add(captures, 3, Captures.GROUP_A, 1, 1);
        captures.frame(4, Captures.ethernet(Captures.udp(2, 5002, Captures.mold("OTHER", 1, 2)), 0x8100));
        final CaptureSurvey survey = survey(captures.write(folder));

        assertThat(survey.flows())
                .extracting(CapturedFlow::toString)
                .containsExactly(
                        "session TODAY to 239.1.1.1:5001, 1 packets", "session OTHER to 0.0.0.2:5002, 1 packets");
        assertThat(survey.otherCount()).isEqualTo(2);
        assertThat(new FlowFilter(null, null, 5002).accepts(survey.flows().get(0)))
                .isFalse();
        assertThat(new FlowFilter(MoldSession.of("TODAY"), "239.1.1.1", 5001)
                        .accepts(survey.flows().get(0)))
                .isTrue();
        assertThatThrownBy(() -> new CapturePlayer(survey.flows(), this)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever the bytes are, nothing but a report of damage comes out, and no number is unaccounted for. */
    @Test
    void shouldSurviveDamagedCaptures() throws IOException {
        final Captures captures = Captures.ethernet();
        for (int i = 0; i < 20; i++) {
            add(captures, i, i % 2 == 0 ? Captures.GROUP_A : Captures.GROUP_B, 1 + i / 2 * 3, 3);
        }
        final byte[] whole = captures.bytes();
        assertThat(UnsafeBuffer.SHOULD_BOUNDS_CHECK).isTrue();
        int damaged = 0;
        int played = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            heard.clear();
            final Path path = Files.write(folder.resolve("mutant"), ByteMutator.mutate(whole, seed, 100));
            try {
                final CaptureSurvey survey = survey(path);
                if (survey.flows().stream()
                                .map(CapturedFlow::session)
                                .distinct()
                                .count()
                        == 1) {
                    play(path);
                    played++;
                }
            } catch (final CorruptDataException ex) {
                damaged++;
            }
        }
        assertThat(damaged).isGreaterThan(MUTANTS / 20);
        assertThat(played).isGreaterThan(MUTANTS / 20);
    }

    private static void add(
            final Captures captures, final long timeMs, final int group, final long sequence, final int count) {
        captures.frame(
                timeMs * MS, Captures.ethernet(Captures.udp(group, 5001, Captures.mold("TODAY", sequence, count))));
    }

    private static CaptureSurvey survey(final Path path) throws IOException {
        final CaptureSurvey survey = new CaptureSurvey();
        survey.scan(path);
        return survey;
    }

    private MoldReceiver play(final Path path) throws IOException {
        try (CapturePlayer player = new CapturePlayer(survey(path).flows(), this)) {
            player.play(path, count -> {});
            player.finish();
            return player.receiver();
        }
    }
}
