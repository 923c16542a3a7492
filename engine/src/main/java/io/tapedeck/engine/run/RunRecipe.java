package io.tapedeck.engine.run;

import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.Recipe;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a tape keeps of a run's parameters: all of them, so that its records can be made again. */
final class RunRecipe {
    private static final String GENERATOR = "tapedeck";
    private static final String UNRELEASED = "unreleased";

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
        parameters.model().texts().forEach((name, text) -> texts.put("model." + name, text));
        return new Recipe(GENERATOR, version(), parameters.model().modelName(), texts, Map.of("run", seed));
    }

    private static String version() {
        final String version = RunRecipe.class.getPackage().getImplementationVersion();
        return version == null ? UNRELEASED : version;
    }
}
