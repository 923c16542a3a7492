package io.tapedeck.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

class OperatorLogTest {
    private final List<String> lines = new ArrayList<>();
    private long nowNs = 17;
    private final OperatorLog log = new OperatorLog(recorder(), () -> nowNs);

    @Test
    void shouldWriteAFewLinesOfAStormAndSayHowManyWereLeftOut() {
        for (int i = 0; i < 1_000_000; i++) {
            log.warn("storm", "drop {} of {}", i, "rain");
        }
        assertThat(lines)
                .containsExactly(
                        "drop 0 of rain", "drop 1 of rain", "drop 2 of rain", "drop 3 of rain", "drop 4 of rain");

        nowNs += OperatorLog.INTERVAL_NS;
        log.warn("storm", "drop {} of {}", -1, "rain");
        log.warn("storm", "drop {} of {}", -2, "rain");
        assertThat(lines).hasSize(6).last().isEqualTo("drop -1 of rain (999995 like this were left out)");
    }

    @Test
    void shouldNotLetOneKindOfTroubleHideAnother() {
        for (int i = 0; i < 100; i++) {
            log.warn("storm", "drop");
        }
        log.warn("fire", "smoke");

        assertThat(lines).hasSize(OperatorLog.BURST + 1).last().isEqualTo("smoke");
    }

    @Test
    void shouldGiveBackTheWholeBurstAfterAQuietTime() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < OperatorLog.BURST; i++) {
                log.warn("gust", "wind");
            }
            nowNs += OperatorLog.BURST * OperatorLog.INTERVAL_NS;
        }

        assertThat(lines).hasSize(3 * OperatorLog.BURST).containsOnly("wind");
    }

    private Logger recorder() {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    lines.add(MessageFormatter.arrayFormat((String) arguments[0], (Object[]) arguments[1])
                            .getMessage());
                    return null;
                });
    }
}
