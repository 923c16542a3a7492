package io.tapedeck.engine.run;

import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.MarketModels;
import io.tapedeck.engine.model.ParameterTexts;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.Recipe;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a tape keeps of a run's parameters: all of them, so that its records can be made again. */
public final class RunRecipe {
    private static final String GENERATOR = "tapedeck";
    private static final String UNRELEASED = "unreleased";
    private static final String RUN_SEED = "run";
    private static final String MODEL = "model.";
    private static final String ORDER_SIZES = "order_sizes";
    private static final String CLOCK = "clock.";
    private static final String FACTOR = "factor.";

    private RunRecipe() {}

    static Recipe of(final SessionParameters parameters, final long seed) {
        final Map<String, String> texts = new LinkedHashMap<>();
        texts.put("levels_per_side", Integer.toString(parameters.levelsPerSide()));
        texts.put("initial_spread_ticks", Integer.toString(parameters.initialSpreadTicks()));
        texts.put("initial_depth", Integer.toString(parameters.initialDepth()));
        texts.put("session_seconds", Integer.toString(parameters.sessionSeconds()));
        texts.put("market_open_seconds", Integer.toString(parameters.marketOpenSeconds()));
        texts.put("spread_improve_coefficient", Double.toString(parameters.spreadImproveCoefficient()));
        texts.put("theta_reinit", Double.toString(parameters.thetaReinit()));
        texts.put("reinit_depth_mean", Double.toString(parameters.reinitDepthMean()));
        if (!parameters.orderSizes().equals(OrderSizeLaw.UNIT)) {
            texts.put(ORDER_SIZES, parameters.orderSizes().text());
        }
        parameters.model().texts().forEach((name, text) -> texts.put(MODEL + name, text));
        parameters.clock().texts().forEach((name, text) -> texts.put(CLOCK + name, text));
        parameters.factor().texts().forEach((name, text) -> texts.put(FACTOR + name, text));
        return new Recipe(GENERATOR, version(), parameters.model().modelName(), texts, Map.of(RUN_SEED, seed));
    }

    /**
     * Whether a recipe says how this program's simulator made the records, and not from which data they were imported.
     *
     * @param recipe of a tape or of a run.
     * @return true if {@link #parameters} can be read.
     */
    public static boolean isSimulated(final Recipe recipe) {
        return GENERATOR.equals(recipe.generator()) && recipe.seeds().containsKey(RUN_SEED);
    }

    /**
     * The way back: the parameters that a run was made from.
     *
     * @param recipe of a tape or of a run.
     * @return the same to the bit, but for opening price and tick size: those belong to the instruments.
     * @throws IllegalArgumentException if the records were not simulated, or a parameter is missing, none of its kind, out
     *                                  of range or not known; names it.
     */
    public static SessionParameters parameters(final Recipe recipe) {
        requireSimulated(recipe);
        final ParameterTexts texts = new ParameterTexts(recipe.parameters());
        final ParameterTexts modelTexts = texts.group(MODEL);
        final ParameterTexts clockTexts = texts.group(CLOCK);
        final ParameterTexts factorTexts = texts.group(FACTOR);
        final SessionParameters parameters = SessionParameters.builder()
                .levelsPerSide(texts.integer("levels_per_side"))
                .initialSpreadTicks(texts.integer("initial_spread_ticks"))
                .initialDepth(texts.integer("initial_depth"))
                .sessionSeconds(texts.integer("session_seconds"))
                .marketOpenSeconds(texts.integer("market_open_seconds"))
                .spreadImproveCoefficient(texts.number("spread_improve_coefficient"))
                .thetaReinit(texts.number("theta_reinit"))
                .reinitDepthMean(texts.number("reinit_depth_mean"))
                .orderSizes(texts.has(ORDER_SIZES) ? OrderSizeLaw.parse(texts.word(ORDER_SIZES)) : OrderSizeLaw.UNIT)
                .model(MarketModels.read(recipe.model(), modelTexts))
                .clock(ClockParameters.read(clockTexts))
                .factor(FactorParameters.read(factorTexts))
                .build();
        modelTexts.requireAllTaken();
        clockTexts.requireAllTaken();
        factorTexts.requireAllTaken();
        texts.requireAllTaken();
        return parameters;
    }

    /**
     * The seed of all random streams of a run.
     *
     * @param recipe of a tape or of a run.
     * @return 64 bits.
     * @throws IllegalArgumentException if the records were not simulated.
     */
    public static long seed(final Recipe recipe) {
        requireSimulated(recipe);
        return recipe.seeds().get(RUN_SEED);
    }

    private static void requireSimulated(final Recipe recipe) {
        if (!isSimulated(recipe)) {
            throw new IllegalArgumentException("the records were made by " + recipe.generator() + " from "
                    + recipe.model() + " and not simulated, so there are no parameters to make them again from");
        }
    }

    private static String version() {
        final String version = RunRecipe.class.getPackage().getImplementationVersion();
        return version == null ? UNRELEASED : version;
    }
}
