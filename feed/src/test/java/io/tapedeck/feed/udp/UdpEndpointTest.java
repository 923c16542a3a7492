package io.tapedeck.feed.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpEndpointTest {
    @ParameterizedTest
    @CsvSource({"239.1.1.1:5001,true", "224.0.0.1:0,true", "127.0.0.1:65535,false", "223.255.255.255:1,false"})
    void shouldReadWhatItPrints(final String text, final boolean multicast) {
        final UdpEndpoint endpoint = UdpEndpoint.parse(text);

        assertThat(endpoint).hasToString(text);
        assertThat(endpoint.isMulticast()).isEqualTo(multicast);
        assertThat(endpoint).isEqualTo(UdpEndpoint.of(endpoint.address())).hasSameHashCodeAs(UdpEndpoint.parse(text));
        assertThat(endpoint.withPort(7).address().getPort()).isEqualTo(7);
    }

    @Test
    void shouldResolveAName() {
        assertThat(UdpEndpoint.parse("localhost:9")).hasToString("127.0.0.1:9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":1", "239.1.1.1", "239.1.1.1:", "239.1.1.1:x", "239.1.1.1:-1", "239.1.1.1:65536", "[::1]:5"
            })
    void shouldNameTheAddressWhenItIsNone(final String text) {
        assertThatThrownBy(() -> UdpEndpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address=" + text);
    }

    @Test
    void shouldRefuseWhatIsNotIpv4() {
        assertThatThrownBy(() -> UdpEndpoint.of(new InetSocketAddress("::1", 5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UdpEndpoint.of(InetSocketAddress.createUnresolved("localhost", 5)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
