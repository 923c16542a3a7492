package io.tapedeck.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.Recipe;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("campaign")
@Timeout(120)
class RunRecipeTest {
    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldGiveParametersBackToTheBit(final int seed) {
        final SessionParameters parameters = randomParameters(new SplittableRandom(seed));
        final Recipe recipe = RunRecipe.of(parameters, -seed);

        final SessionParameters read = RunRecipe.parameters(recipe);

        assertThat(RunRecipe.isSimulated(recipe)).isTrue();
        assertThat(RunRecipe.seed(recipe)).isEqualTo(-seed);
        assertThat(RunRecipe.of(read, -seed)).isEqualTo(recipe);
        if (parameters.model() instanceof SimpleImbalanceParameters) {
            assertThat(read).isEqualTo(parameters);
        }
    }

    @Test
    void shouldRefuseARecipeWhenAParameterIsNotKnown() {
        assertThatThrownBy(() -> RunRecipe.parameters(changed("model.limit_ratio", "1.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not know the parameter model.limit_ratio");
        assertThatThrownBy(() -> RunRecipe.parameters(changed("clock.hawkes.gamma", "1.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clock.hawkes.alpha is missing");
        assertThatThrownBy(() -> RunRecipe.parameters(changed("clock.tick", "1.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not know the parameter clock.tick");
        assertThatThrownBy(() -> RunRecipe.parameters(changed("tide", "1.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not know the parameter tide");
    }

    @Test
    void shouldRefuseARecipeWhenAParameterIsMissingOrNoNumber() {
        assertThatThrownBy(() -> RunRecipe.parameters(changed("model.limit_rate", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.limit_rate is missing");
        assertThatThrownBy(() -> RunRecipe.parameters(changed("initial_depth", "many")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("initial_depth is 'many'");
        assertThatThrownBy(() -> RunRecipe.parameters(changed("initial_depth", "-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("initialDepth=-1");
    }

    @Test
    void shouldRefuseARecipeWhenItsRecordsWereNotSimulated() {
        final Recipe imported = new Recipe("tapedeck", "1", "itch50", Map.of(), Map.of());

        assertThat(RunRecipe.isSimulated(imported)).isFalse();
        assertThatThrownBy(() -> RunRecipe.parameters(imported))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from itch50 and not simulated");
        assertThatThrownBy(
                        () -> RunRecipe.parameters(new Recipe("tapedeck", "1", "martian", Map.of(), Map.of("run", 1L))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Manifests are foreign text: whatever they say is read or refused, and nothing else. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadOrRefuseWhateverARecipeSays(final int seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int mutants = Integer.getInteger("tapedeck.mutants", 2_000) / 50;
        for (int i = 0; i < mutants; i++) {
            final Recipe mutant = mutant(RunRecipe.of(randomParameters(random), seed), random);
            try {
                final SessionParameters read = RunRecipe.parameters(mutant);
                assertThat(RunRecipe.parameters(RunRecipe.of(read, seed)).sessionSeconds())
                        .isEqualTo(read.sessionSeconds());
            } catch (final IllegalArgumentException ex) {
                assertThat(ex).hasMessageMatching("(?s).{10,}");
            }
        }
    }

    private static Recipe mutant(final Recipe recipe, final SplittableRandom random) {
        final Map<String, String> texts = new LinkedHashMap<>(recipe.parameters());
        final List<String> names = List.copyOf(texts.keySet());
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            final String name = names.get(random.nextInt(names.size()));
            final String text = texts.getOrDefault(name, "");
            final int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(5)) {
                case 0:
                    texts.remove(name);
                    break;
                case 1:
                    texts.put(name, text.substring(0, at) + "-,.eNI 9".charAt(random.nextInt(8)) + text.substring(at));
                    break;
                case 2:
                    texts.put(name, text.substring(0, at));
                    break;
                case 3:
                    texts.put(
                            name,
                            List.of("", "NaN", "Infinity", "-1", "1e400", "2147483648", "0")
                                    .get(random.nextInt(7)));
                    break;
                default:
                    texts.put(name + "x", text);
            }
        }
        final String model = random.nextInt(10) > 0
                ? recipe.model()
                : List.of("simple", "queue-reactive", "reference-price", "tide").get(random.nextInt(4));
        return new Recipe(recipe.generator(), recipe.generatorVersion(), model, texts, recipe.seeds());
    }

    /**
     * SHA-256 over the slots that the program wrote before models had a common interface: old runs must come out the same for
     * ever, however a tape keeps them.
     */
    @ParameterizedTest
    @CsvSource({
        "simple, de4f545858fd08b948dabd488c6f06779116a89948d6449398d3fe9cbbbd3e42, "
                + "4b0bd3c30e214625936f7d1727c2045d335a7e1e012ba12bd0022bf292dfe85e",
        "queue-reactive, 10083c29c9b9247bd79c328e615ebbe32db6461b04b6f8ff0ef6b842d3609039, "
                + "1ff5a0905c41926ecd1b867a5fd630494f4b0ebed12f1fcfcf0bf665b91122bf"
    })
    void shouldMakeTheRecordsOfAnOldRunAgain(
            final String model, final String firstDay, final String secondDay, @TempDir final Path folder)
            throws Exception {
        final boolean isSimple = "simple".equals(model);
        final SessionParameters parameters = SessionParameters.builder()
                .sessionSeconds(60)
                .thetaReinit(isSimple ? 0 : 0.2)
                .model(isSimple ? SimpleImbalanceParameters.DEFAULTS : QueueReactiveCurves.defaults(5))
                .build();

        final TapeRunSummary summary = TapeRun.run(new TapeRun.Context()
                .outputDirectory(folder.resolve("run"))
                .parameters(parameters)
                .seed(7)
                .days(2)
                .securities(List.of(new RunSecurity("AAPL", 10_000), new RunSecurity("MSFT", 15_000))));

        assertThat(summary.days()).extracting(day -> sha256(day.file())).containsExactly(firstDay, secondDay);
    }

    private static String sha256(final Path file) throws Exception {
        final MessageDigest digest = MessageDigest.getInstance("SHA-256");
        final byte[] slot = new byte[EventSlotDescriptor.SLOT_LENGTH];
        try (Format2Reader tape = Format2Reader.open(file)) {
            tape.forEach((slots, low, high) -> {
                for (long at = low; at <= high; at++) {
                    slots.buffer().getBytes(slots.offset(at), slot);
                    digest.update(slot);
                }
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Recipe changed(final String name, final String text) {
        final Recipe recipe = RunRecipe.of(SessionParameters.DEFAULTS, 42);
        final Map<String, String> texts = new LinkedHashMap<>(recipe.parameters());
        if (text == null) {
            texts.remove(name);
        } else {
            texts.put(name, text);
        }
        return new Recipe(recipe.generator(), recipe.generatorVersion(), recipe.model(), texts, recipe.seeds());
    }

    private static SessionParameters randomParameters(final SplittableRandom random) {
        return SessionParameters.builder()
                .model(randomModel(random))
                .levelsPerSide(random.nextInt(1, 65))
                .initialSpreadTicks(random.nextInt(5))
                .initialDepth(random.nextInt(20))
                .sessionSeconds(random.nextInt(100_000))
                .marketOpenSeconds(random.nextInt(86_400))
                .spreadImproveCoefficient(random.nextDouble() - 0.5)
                .thetaReinit(random.nextDouble())
                .reinitDepthMean(random.nextDouble() * 700)
                .clock(new ClockParameters(
                        random.nextBoolean()
                                ? HawkesParameters.NONE
                                : new HawkesParameters(
                                        random.nextDouble(), 1 / random.nextDouble(), random.nextDouble()),
                        random.nextBoolean()
                                ? ActivityParameters.NONE
                                : new ActivityParameters(
                                        random.nextDouble(), 1 / random.nextDouble(), 1 + random.nextDouble())))
                .factor(
                        random.nextBoolean()
                                ? FactorParameters.NONE
                                : new FactorParameters(
                                        random.nextDouble() - 0.5, random.nextDouble(), random.nextDouble()))
                .orderSizes(randomSizes(random))
                .build();
    }

    private static OrderSizeLaw randomSizes(final SplittableRandom random) {
        return random.nextBoolean()
                ? new OrderSizeLaw(random.nextInt(1, 4), 0)
                : new OrderSizeLaw(1 + random.nextDouble(), random.nextDouble());
    }

    private static MarketModelParameters randomModel(final SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return ReferencePriceCurvesFile.franceTelecom().withMoves(random.nextDouble(), random.nextDouble());
        }
        if (random.nextBoolean()) {
            final double[] x = random.doubles(8).toArray();
            return new SimpleImbalanceParameters(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
        }
        final int levels = random.nextInt(1, 5);
        final List<double[][]> kinds = IntStream.range(0, 4)
                .mapToObj(kind -> IntStream.range(0, levels)
                        .mapToObj(level -> random.doubles(random.nextInt(4)).toArray())
                        .toArray(double[][]::new))
                .collect(Collectors.toList());
        return new QueueReactiveCurves(
                levels,
                9,
                random.nextDouble(),
                random.nextDouble(),
                kinds.get(0),
                kinds.get(1),
                kinds.get(2),
                kinds.get(3),
                random.doubles(3).toArray(),
                random.doubles(random.nextInt(3)).toArray());
    }
}
