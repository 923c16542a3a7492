package io.tapedeck.engine.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real and synthetic files with answers that others computed. */
class GoldenBookTest {
    private static final String AAPL = "itch/aapl-20120621-0930-1030.itch50";
    private static final int LAST_GOLDEN_MESSAGE = 54_669;

    @Test
    void shouldGiveTheGoldenBboWhenFollowingAapl() throws IOException {
        final List<String> rows = ReplayedFile.of(TestData.file(AAPL)).bboRows();

        assertThat(rows.get(0)).isEqualTo(BboRecorder.HEADER);
        assertThat(upToLastGoldenMessage(rows.subList(1, rows.size()))).isEqualTo(goldenBbo());
    }

    @Test
    void shouldGiveTheGoldenDepthWhenFollowingAapl() throws IOException {
        assertThat(ReplayedFile.of(TestData.file(AAPL)).depthRows())
                .isEqualTo(Files.readAllLines(TestData.file("itch/aapl-20120621-final-depth.csv")));
    }

    @Test
    void shouldGiveTheGoldenDataWithTheNaiveBookToo() throws IOException {
        final NaiveItchBooks naive = NaiveItchBooks.of(TestData.bytes(AAPL));

        assertThat(upToLastGoldenMessage(naive.bboRows)).isEqualTo(goldenBbo());
        assertThat(naive.depthRows())
                .isEqualTo(Files.readAllLines(TestData.file("itch/aapl-20120621-final-depth.csv")));
    }

    @Test
    void shouldCountAllOfAaplByType() throws IOException {
        final ReplayedFile aapl = ReplayedFile.of(TestData.file(AAPL));

        assertThat(aapl.messages()).isEqualTo(92_085);
        assertCounts(aapl.builder(), "A44336 D41004 E4067 X469 P2201 R1 H1 S6");
        assertThat(aapl.builder().unknownReferenceCount()).isZero();
        assertThat(aapl.builder().malformedCount()).isZero();
        assertThat(aapl.builder().unknownTypeCount()).isZero();
    }

    @Test
    void shouldEndWithTheKnownTouchWhenAllTypesHavePassed() throws IOException {
        final ReplayedFile all = ReplayedFile.of(TestData.file("itch/all-23-types.itch50"));

        assertThat(all.messages()).isEqualTo(26);
        assertThat(all.builder().unknownTypeCount()).isZero();
        final OrderBook book = onlyBookWithOrders(all.builder());
        assertThat(book.bestPrice(Side.BID)).isEqualTo(999_900);
        assertThat(book.bestQuantity(Side.BID)).isEqualTo(60);
        assertThat(book.bestPrice(Side.ASK)).isEqualTo(1_000_100);
        assertThat(book.bestQuantity(Side.ASK)).isEqualTo(150);
    }

    @Test
    void shouldCountAndNoteUnknownReferencesWhenTheDayIsCutOpen() throws IOException {
        final ReplayedFile open = ReplayedFile.of(TestData.file("itch/nasdaq-20191230-open.itch50"));

        assertThat(open.messages()).isEqualTo(1_000);
        assertCounts(open.builder(), "A367 F193 U225 D167 E28 X6 C1 P4 Q4 I4 S1");
        // 394 of the 427 messages about orders name one added before the cut; 5 more name what a replace among those
        // 394 would have made.
        assertThat(open.builder().unknownReferenceCount()).isEqualTo(394 + 5);
        assertThat(open.builder().unknownReferences())
                .hasSize(ItchBookBuilder.NOTED_REFERENCES)
                .isSortedAccordingTo((a, b) -> Long.compare(a.messageNumber(), b.messageNumber()))
                .allSatisfy(noted -> assertThat("EXDUC").contains(String.valueOf(noted.type())));
        assertThat(open.depthRows())
                .isEqualTo(NaiveItchBooks.of(TestData.bytes("itch/nasdaq-20191230-open.itch50"))
                        .depthRows());
    }

    @Test
    void shouldLearnSymbolsWhenTheDayStarts() throws IOException {
        final ReplayedFile start = ReplayedFile.of(TestData.file("itch/nasdaq-start-of-day.itch50"));

        assertThat(start.messages()).isEqualTo(1_000);
        assertCounts(start.builder(), "S1 R993 H3 Y3");
        assertThat(Alpha.text(start.builder().directory().symbol(1))).isEqualTo("A");
        assertThat(start.depthRows()).isEmpty();
    }

    private static List<String> goldenBbo() throws IOException {
        final List<String> golden = Files.readAllLines(TestData.file("itch/aapl-20120621-golden-bbo.csv"));
        assertThat(golden).hasSize(1 + 15_999);
        return golden.subList(1, golden.size()).stream()
                .map(row -> row.replaceFirst("^(\\d+,\\d+),", "$1,AAPL,"))
                .toList();
    }

    private static List<String> upToLastGoldenMessage(final List<String> rows) {
        return rows.stream()
                .filter(row -> Long.parseLong(row.substring(0, row.indexOf(','))) <= LAST_GOLDEN_MESSAGE)
                .toList();
    }

    private static OrderBook onlyBookWithOrders(final ItchBookBuilder builder) {
        OrderBook found = null;
        for (int i = 0; i < builder.books().instrumentLimit(); i++) {
            if (builder.books().hasBook(i) && builder.books().book(i).levelCount(Side.BID) > 0) {
                assertThat(found).isNull();
                found = builder.books().book(i);
            }
        }
        assertThat(found).isNotNull();
        return found;
    }

    /** Each type of the text with its count, and no other type. */
    private static void assertCounts(final ItchBookBuilder builder, final String counts) {
        final StringBuilder found = new StringBuilder();
        for (final String count : counts.split(" ")) {
            found.append(count.charAt(0))
                    .append(builder.typeCount((byte) count.charAt(0)))
                    .append(' ');
        }
        assertThat(found.toString().trim()).isEqualTo(counts);
    }
}
