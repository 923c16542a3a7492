package io.tapedeck.codecs.itch;

import static org.assertj.core.api.Assertions.assertThat;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50Listener;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An independent decoder reads the same fields and values. It does not know {@code O}, and it reads the eight bytes
 * of shares in {@code Q} as four, which shifts all that follows: {@link ItchRoundTripTest} has those two by hand.
 */
class JunctureAgreementTest {
    private static final String NOT_COMPARED = "OQ";

    /** Where its name for a field is not ours. */
    private static final Map<String, String> NAMES =
            Map.of("locateCode", "stockLocate", "regSHOAction", "regShoAction");

    private final Map<Byte, ItchMessageFlyweight<?>> flyweights = ItchFields.newFlyweights();

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void shouldReadWhatTheIndependentDecoderReadsInSyntheticMessages(final long seed) throws IOException {
        assertThat(compareAll(ItchSamples.arbitrary(seed, 50))).isEqualTo(50 * 21);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "itch/all-23-types.itch50",
                "itch/nasdaq-start-of-day.itch50",
                "itch/nasdaq-20191230-open.itch50",
                "itch/aapl-20120621-0930-1030.itch50"
            })
    void shouldReadWhatTheIndependentDecoderReadsInRealMessages(final String file) throws IOException {
        final List<byte[]> messages = ItchSamples.split(TestData.bytes(file));
        final long notCompared = messages.stream()
                .filter(message -> NOT_COMPARED.indexOf(message[0]) >= 0)
                .count();

        assertThat(compareAll(messages)).isEqualTo(messages.size() - notCompared);
    }

    private long compareAll(final List<byte[]> messages) throws IOException {
        final Object[] parsed = new Object[1];
        final ITCH50Parser parser = new ITCH50Parser((ITCH50Listener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ITCH50Listener.class}, (proxy, method, arguments) -> {
                    parsed[0] = arguments[0];
                    return null;
                }));
        long compared = 0;
        for (final byte[] message : messages) {
            if (NOT_COMPARED.indexOf(message[0]) < 0) {
                parser.message(ByteBuffer.wrap(message));
                final ItchMessageFlyweight<?> flyweight = flyweights.get(message[0]);
                flyweight.wrap(new UnsafeBuffer(message), 0);
                assertThat(ItchFields.read(flyweight)).isEqualTo(fieldsOf(parsed[0]));
                compared++;
            }
        }
        return compared;
    }

    private static Map<String, Number> fieldsOf(final Object message) {
        final Map<String, Number> values = new TreeMap<>();
        try {
            for (final Field field : message.getClass().getFields()) {
                values.put(NAMES.getOrDefault(field.getName(), field.getName()), (Number) field.get(message));
            }
        } catch (final IllegalAccessException ex) {
            throw new AssertionError(ex);
        }
        final long high = values.remove("timestampHigh").longValue();
        values.put("timestampNs", high << 32 | values.remove("timestampLow").longValue());
        return values;
    }
}
