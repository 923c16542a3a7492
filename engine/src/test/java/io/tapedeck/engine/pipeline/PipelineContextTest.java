package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineContextTest {
    private static final RecordingConsumer CONSUMER = new RecordingConsumer();

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                wrong("ringSize=1000", context -> context.ringSize(1000)),
                wrong("ringSize=1", context -> context.ringSize(1)),
                wrong("ringSize=0", context -> context.ringSize(0)),
                wrong("ringSize=-2147483648", context -> context.ringSize(Integer.MIN_VALUE)),
                wrong("ringSize=33554432", context -> context.ringSize(1 << 25)),
                wrong("claimSize=0, ringSize=16384", context -> context.claimSize(0)),
                wrong(
                        "claimSize=65, ringSize=64",
                        context -> context.ringSize(64).claimSize(65)),
                wrong(
                        "claimSize=33, ringSize=64",
                        context -> context.ringSize(64).claimSize(33).following("late", CONSUMER)),
                wrong("unit=U 1", context -> context.unit("U 1")),
                wrong("unit=null", context -> context.unit(null)),
                wrong("consumer=a/b", context -> context.gating("a/b", CONSUMER)),
                wrong("thread=", context -> context.gating("b", "", CONSUMER)),
                wrong("consumer=journal", context -> context.gating("journal", "other", CONSUMER)),
                wrong("thread=journal", context -> context.following("late", "journal", CONSUMER)),
                wrong("thread=nobody", context -> context.pin("nobody", 0)),
                wrong("cpu=-1", context -> context.pin("journal", -1)));
    }

    private static Arguments wrong(final String message, final Consumer<PipelineContext> setting) {
        return Arguments.of(message, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSettings")
    void shouldNameTheValuesWhenSettingsAreWrong(final String message, final Consumer<PipelineContext> setting) {
        final PipelineContext context = new PipelineContext().gating("journal", CONSUMER);
        setting.accept(context);

        assertThatThrownBy(context::conclude)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseAPipelineWithoutConsumers() {
        assertThatThrownBy(() -> new PipelineContext().conclude()).hasMessageContaining("needs a consumer");
    }

    @Test
    void shouldServeOnePipelineOnly() {
        final PipelineContext context =
                new PipelineContext().gating("journal", CONSUMER).conclude();

        assertThatThrownBy(context::conclude).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldPrintEverySetting() {
        assertThat(new PipelineContext()
                        .unit("u03")
                        .ringSize(1024)
                        .claimSize(32)
                        .waitMode(WaitMode.BLOCK)
                        .gating("journal", CONSUMER)
                        .following("kafka", "streams", CONSUMER)
                        .pin("streams", 5))
                .asString()
                .contains("unit=u03", "ringSize=1024", "claimSize=32", "waitMode=block")
                .contains("journal(gating, thread journal)", "kafka(following, thread streams)", "streams=5");
    }
}
