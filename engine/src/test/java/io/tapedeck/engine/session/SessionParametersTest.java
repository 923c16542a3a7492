package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionParametersTest {
    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("p0Ticks=1000000001", builder -> builder.p0Ticks(1_000_000_001)),
                mistake("p0Ticks=-2147483648", builder -> builder.p0Ticks(Integer.MIN_VALUE)),
                mistake("tickSize=0", builder -> builder.tickSize(0)),
                mistake("levelsPerSide=0", builder -> builder.levelsPerSide(0)),
                mistake("levelsPerSide=1025", builder -> builder.levelsPerSide(1_025)),
                mistake("initialSpreadTicks=-1", builder -> builder.initialSpreadTicks(-1)),
                mistake("initialDepth=-5", builder -> builder.initialDepth(-5)),
                mistake("sessionSeconds=-1", builder -> builder.sessionSeconds(-1)),
                mistake("marketOpenSeconds=86400", builder -> builder.marketOpenSeconds(86_400)),
                mistake("spreadImproveCoefficient=NaN", builder -> builder.spreadImproveCoefficient(Double.NaN)),
                mistake("thetaReinit=Infinity", builder -> builder.thetaReinit(Double.POSITIVE_INFINITY)),
                mistake("reinitDepthMean=700.5", builder -> builder.reinitDepthMean(700.5)),
                mistake("reinitDepthMean=NaN", builder -> builder.reinitDepthMean(Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldNameTheParameterAndItsValueWhenItIsOutOfRange(
            final String message, final UnaryOperator<SessionParameters.Builder> change) {
        final SessionParameters.Builder builder = change.apply(SessionParameters.builder());
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(": " + message);
    }

    @Test
    void shouldKeepEverythingElseWhenOneParameterIsSet() {
        final SessionParameters changed =
                SessionParameters.builder().initialDepth(9).build();

        assertThat(changed.initialDepth()).isEqualTo(9);
        assertThat(changed.toBuilder().initialDepth(5).build()).isEqualTo(SessionParameters.DEFAULTS);
    }

    private static Arguments mistake(final String message, final UnaryOperator<SessionParameters.Builder> change) {
        return Arguments.of(message, change);
    }
}
