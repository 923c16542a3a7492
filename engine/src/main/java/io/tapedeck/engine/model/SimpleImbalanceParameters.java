package io.tapedeck.engine.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of the {@link SimpleImbalanceModel}. All are finite; what a model cannot use is substituted when the
 * model is made, as said at each.
 *
 * @param limitRate            L: base rate of limit orders a side, per second.
 * @param cancelRate           C: cancellations per second and unit of depth.
 * @param marketRate           M: base rate of market orders a side, per second.
 * @param imbalanceSensitivity how strongly the imbalance of the best queues moves the rates; 0 or less means 1.
 * @param cancelSensitivity    factor on the cancel rate; 0 or less means 1.
 * @param executionFloor       share of the market rate that remains on the side of no pressure; 0 or less means 0.05.
 * @param spreadSensitivity    of additions and executions, per tick; 0 or less switches it off.
 * @param levelDecay           alpha: additions fall on level k with weight {@code exp(-alpha k)}; -10 to 10.
 */
public record SimpleImbalanceParameters(
        double limitRate,
        double cancelRate,
        double marketRate,
        double imbalanceSensitivity,
        double cancelSensitivity,
        double executionFloor,
        double spreadSensitivity,
        double levelDecay)
        implements LadderModelParameters {
    /** What the command line starts from. */
    public static final SimpleImbalanceParameters DEFAULTS =
            new SimpleImbalanceParameters(20, 0.5, 15, 1, 1, 0.5, 0.4, 0.5);

    static final String MODEL_NAME = "simple";

    private static final double MAX_LEVEL_DECAY = 10;

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException naming the first that is out of range.
     */
    public SimpleImbalanceParameters {
        requireFinite("limitRate", limitRate);
        requireFinite("cancelRate", cancelRate);
        requireFinite("marketRate", marketRate);
        requireFinite("imbalanceSensitivity", imbalanceSensitivity);
        requireFinite("cancelSensitivity", cancelSensitivity);
        requireFinite("executionFloor", executionFloor);
        requireFinite("spreadSensitivity", spreadSensitivity);
        if (!(Math.abs(levelDecay) <= MAX_LEVEL_DECAY)) {
            throw new IllegalArgumentException("levelDecay must lie between -10 and 10: levelDecay=" + levelDecay);
        }
    }

    @Override
    public String modelName() {
        return MODEL_NAME;
    }

    @Override
    public Map<String, String> texts() {
        final Map<String, String> texts = new LinkedHashMap<>();
        texts.put("limit_rate", Double.toString(limitRate));
        texts.put("cancel_rate", Double.toString(cancelRate));
        texts.put("market_rate", Double.toString(marketRate));
        texts.put("imbalance_sensitivity", Double.toString(imbalanceSensitivity));
        texts.put("cancel_sensitivity", Double.toString(cancelSensitivity));
        texts.put("execution_floor", Double.toString(executionFloor));
        texts.put("spread_sensitivity", Double.toString(spreadSensitivity));
        texts.put("level_decay", Double.toString(levelDecay));
        return texts;
    }

    static SimpleImbalanceParameters read(final ParameterTexts texts) {
        return new SimpleImbalanceParameters(
                texts.number("limit_rate"),
                texts.number("cancel_rate"),
                texts.number("market_rate"),
                texts.number("imbalance_sensitivity"),
                texts.number("cancel_sensitivity"),
                texts.number("execution_floor"),
                texts.number("spread_sensitivity"),
                texts.number("level_decay"));
    }

    @Override
    public Factory newFactory(final int levels) {
        final SimpleImbalanceRates rates = new SimpleImbalanceRates(this, levels);
        return shift -> new SimpleImbalanceModel(rates, shift);
    }

    private static void requireFinite(final String name, final double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be a finite number: " + name + "=" + value);
        }
    }
}
