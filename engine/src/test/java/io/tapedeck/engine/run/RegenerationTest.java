package io.tapedeck.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Instrument;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From the manifest on the disk back to the same records, for every model with everything that can be switched on. */
@Timeout(120)
class RegenerationTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> runs() {
        final SessionParameters simple = SessionParameters.builder()
                .sessionSeconds(30)
                .tickSize(50)
                .thetaReinit(0.1)
                .reinitDepthMean(3)
                .build();
        final SessionParameters queueReactive =
                simple.toBuilder().model(QueueReactiveCurves.defaults(4)).build();
        final ClockParameters hawkes =
                new ClockParameters(new HawkesParameters(1.0 / 60, 2, 5), ActivityParameters.DEFAULTS);
        final FactorParameters factor = new FactorParameters(1.0 / 3, 0.1, 0.2);
        final SessionParameters referencePrice = simple.toBuilder()
                .model(ReferencePriceCurvesFile.franceTelecom())
                .orderSizes(new OrderSizeLaw(100, 1))
                .build();
        final Stream<Arguments> aroundReferencePrice = Stream.of(
                Arguments.of(referencePrice, 1),
                Arguments.of(referencePrice.toBuilder().clock(hawkes).build(), 2));
        return Stream.concat(
                aroundReferencePrice,
                Stream.of(simple, queueReactive)
                        .flatMap(model -> Stream.of(
                                Arguments.of(model, 1),
                                Arguments.of(model.toBuilder().clock(hawkes).build(), 2),
                                Arguments.of(model.toBuilder().factor(factor).build(), 2),
                                Arguments.of(
                                        model.toBuilder()
                                                .clock(hawkes)
                                                .factor(factor)
                                                .build(),
                                        3))));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void shouldMakeTheSameRecordsAgain(final SessionParameters parameters, final int units) throws Exception {
        TapeRun.run(new TapeRun.Context()
                .outputDirectory(folder.resolve("first"))
                .parameters(parameters)
                .securities(List.of(
                        new RunSecurity("AAPL", 10_000),
                        new RunSecurity("MSFT", 15_000),
                        new RunSecurity("GOOG", 20_000)))
                .seed(-3)
                .startDate(LocalDate.of(2026, 7, 1))
                .units(units)
                .days(2));
        final DataSetManifest manifest = manifest("first");

        final TapeRunSummary again = TapeRun.run(Regeneration.of(manifest).outputDirectory(folder.resolve("again")));

        assertThat(again.days()).hasSize(2 * units);
        assertThat(Regeneration.differences(manifest, again)).isEmpty();
        assertThat(manifest("again")).isEqualTo(manifest);
    }

    /** One path of the factor for all units, whatever threads they are on. */
    @Test
    void shouldMakeTheSameMarketsForAnyNumberOfUnitsWithAFactor() throws Exception {
        final SessionParameters parameters = SessionParameters.builder()
                .sessionSeconds(30)
                .clock(new ClockParameters(new HawkesParameters(0.01, 2, 5), ActivityParameters.DEFAULTS))
                .factor(new FactorParameters(0.5, 0.1, 0.2))
                .build();
        final List<RunSecurity> securities = List.of(
                new RunSecurity("AAPL", 10_000), new RunSecurity("MSFT", 15_000), new RunSecurity("GOOG", 20_000));
        final List<List<String>> markets = new ArrayList<>();
        for (final int units : new int[] {1, 2, 3}) {
            final TapeRunSummary summary = TapeRun.run(context("units" + units)
                    .parameters(parameters)
                    .securities(securities)
                    .units(units)
                    .days(2));
            markets.add(summary.days().stream()
                    .flatMap(day ->
                            day.symbols().stream().map(symbol -> day.day().date() + " " + symbol))
                    .sorted()
                    .collect(Collectors.toList()));
        }

        assertThat(markets.get(0)).hasSize(6);
        assertThat(markets.get(1)).isEqualTo(markets.get(0));
        assertThat(markets.get(2)).isEqualTo(markets.get(0));
    }

    @Test
    void shouldSayWhichTapeDiffers() throws Exception {
        final TapeRun.Context context = context("first").days(2);
        TapeRun.run(context);
        final DataSetManifest manifest = manifest("first");

        final TapeRunSummary other = TapeRun.run(context("other").seed(43).days(1));

        assertThat(Regeneration.differences(manifest, other))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("2026-01-02.qrsdp had "))
                .anyMatch(line -> line.equals("2026-01-05.qrsdp was not made again"));
    }

    @Test
    void shouldRefuseWhatItCannotMake() throws Exception {
        TapeRun.run(context("first").days(1));
        final DataSetManifest manifest = manifest("first");

        assertThatThrownBy(() -> Regeneration.of(
                        new DataSetManifest(manifest.recipe(), manifest.zone(), manifest.units(), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no day of the run is done");
        final DataSetManifest.Unit renumbered = new DataSetManifest.Unit(
                0,
                List.of(new Instrument(
                        2,
                        "TAPE",
                        100,
                        manifest.units().get(0).instruments().get(0).parameters())));
        assertThatThrownBy(() -> Regeneration.of(
                        new DataSetManifest(manifest.recipe(), manifest.zone(), List.of(renumbered), manifest.days())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not where a run would have put it");
    }

    private TapeRun.Context context(final String name) {
        return new TapeRun.Context()
                .outputDirectory(folder.resolve(name))
                .parameters(SessionParameters.builder().sessionSeconds(5).build())
                .securities(List.of(new RunSecurity("TAPE", 10_000)));
    }

    private DataSetManifest manifest(final String name) throws Exception {
        return DataSetManifest.read(folder.resolve(name).resolve(DataSetManifest.FILE_NAME));
    }
}
