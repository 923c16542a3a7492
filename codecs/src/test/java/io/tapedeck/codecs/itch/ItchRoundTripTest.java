package io.tapedeck.codecs.itch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.testing.TestData;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte of every message lies in a field that can be read and written. */
class ItchRoundTripTest {
    private final Map<Byte, ItchMessageFlyweight<?>> writers = ItchFields.newFlyweights();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldWriteTheSameBytesFromTheFieldsOfSyntheticMessages(final long seed) {
        final List<byte[]> messages = ItchSamples.arbitrary(seed, 100);

        assertThat(reencodeAll(messages)).isEqualTo(messages.size());
    }

    @ParameterizedTest
    @CsvSource({
        "itch/all-23-types.itch50,             26",
        "itch/nasdaq-start-of-day.itch50,    1000",
        "itch/nasdaq-20191230-open.itch50,   1000",
        "itch/aapl-20120621-0930-1030.itch50, 92085"
    })
    void shouldWriteTheSameBytesFromTheFieldsOfRealMessages(final String file, final int messages) {
        assertThat(reencodeAll(ItchSamples.split(TestData.bytes(file)))).isEqualTo(messages);
    }

    @ParameterizedTest
    @CsvSource({
        "itch/nasdaq-start-of-day.itch50,     S=1 R=993 H=3 Y=3",
        "itch/nasdaq-20191230-open.itch50,    A=367 F=193 U=225 D=167 E=28 X=6 C=1 P=4 Q=4 I=4 S=1",
        "itch/aapl-20120621-0930-1030.itch50, A=44336 D=41004 E=4067 X=469 P=2201 R=1 H=1 S=6"
    })
    void shouldFindTheTypesThatAreKnownToBeInAFile(final String file, final String counts) {
        assertThat(countByType(ItchSamples.split(TestData.bytes(file)))).isEqualTo(parseCounts(counts));
    }

    @Test
    void shouldFindEachTypeInTheFileOfAllTypes() {
        final Map<Character, Long> counts = countByType(ItchSamples.split(TestData.bytes("itch/all-23-types.itch50")));

        assertThat(counts.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ItchSamples.TYPES.chars().mapToObj(type -> (char) type).collect(Collectors.toList()));
    }

    /** A field of the wrong place, width or byte order cannot give all of these. */
    @Test
    void shouldReadTheFieldsOfAPriceDiscoveryWrittenByHand() {
        final UnsafeBuffer bytes = new UnsafeBuffer(parseHex("4F 0102 FFFE 0000 0000 0001 544150452020202059"
                + "00000001 77359400 00000003 00001F1ACED9F000 00000005 FFFFFFFF"));
        final DirectListingPriceDiscovery message = new DirectListingPriceDiscovery().wrap(bytes, 0);

        assertThat(bytes.capacity()).isEqualTo(DirectListingPriceDiscovery.LENGTH);
        assertThat(message.stockLocate()).isEqualTo(258);
        assertThat(message.trackingNumber()).isEqualTo(65_534);
        assertThat(message.timestampNs()).isEqualTo(1);
        assertThat(Alpha.text(message.stock())).isEqualTo("TAPE");
        assertThat(message.openEligibilityStatus()).isEqualTo((byte) 'Y');
        assertThat(message.minimumAllowablePrice()).isEqualTo(1);
        assertThat(message.maximumAllowablePrice()).isEqualTo(2_000_000_000L);
        assertThat(message.nearExecutionPrice()).isEqualTo(3);
        assertThat(message.nearExecutionTime()).isEqualTo(34_200_000_000_000L);
        assertThat(message.lowerPriceRangeCollar()).isEqualTo(5);
        assertThat(message.upperPriceRangeCollar()).isEqualTo(4_294_967_295L);
    }

    @Test
    void shouldReadTheFieldsOfACrossTradeWrittenByHand() {
        final UnsafeBuffer bytes = new UnsafeBuffer(parseHex(
                "51 0E58 0002 1F1ACED9EEDC 0000000100001829" + "4841494E20202020 00062B4C 000000000000D0F9 4F"));
        final CrossTrade message = new CrossTrade().wrap(bytes, 0);

        assertThat(bytes.capacity()).isEqualTo(CrossTrade.LENGTH);
        assertThat(message.stockLocate()).isEqualTo(3672);
        assertThat(message.trackingNumber()).isEqualTo(2);
        assertThat(message.timestampNs()).isEqualTo(0x1F1ACED9EEDCL);
        assertThat(message.shares()).isEqualTo(4_294_973_481L);
        assertThat(Alpha.text(message.stock())).isEqualTo("HAIN");
        assertThat(message.crossPrice()).isEqualTo(404_300);
        assertThat(message.matchNumber()).isEqualTo(53_497);
        assertThat(message.crossType()).isEqualTo((byte) 'O');
    }

    private int reencodeAll(final List<byte[]> messages) {
        final int[] seen = new int[1];
        final ItchDispatcher dispatcher = new ItchDispatcher(ItchFields.handler(message -> {
            assertThat(reencode(message)).isEqualTo(message.buffer().byteArray());
            seen[0]++;
        }));
        for (final byte[] message : messages) {
            assertThat(dispatcher.dispatch(new UnsafeBuffer(message), 0, message.length))
                    .isEqualTo(ItchDispatcher.DISPATCHED);
        }
        assertThat(dispatcher.dispatchedCount()).isEqualTo(messages.size());
        return seen[0];
    }

    /** Into bytes that are the opposite of what they must become, so that a field left out shows. */
    private byte[] reencode(final ItchMessageFlyweight<?> message) {
        final byte[] bytes = message.buffer().byteArray().clone();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        final ItchMessageFlyweight<?> writer = writers.get(message.type());
        writer.wrapAndApplyType(new UnsafeBuffer(bytes), 0);
        ItchFields.copy(message, writer);
        return bytes;
    }

    private static Map<Character, Long> countByType(final List<byte[]> messages) {
        return messages.stream().collect(Collectors.groupingBy(m -> (char) m[0], TreeMap::new, Collectors.counting()));
    }

    private static Map<Character, Long> parseCounts(final String counts) {
        final Map<Character, Long> parsed = new TreeMap<>();
        for (final String count : counts.split(" ")) {
            parsed.put(count.charAt(0), Long.valueOf(count.substring(2)));
        }
        return parsed;
    }

    private static byte[] parseHex(final String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
