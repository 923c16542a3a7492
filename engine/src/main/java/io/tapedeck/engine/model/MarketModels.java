package io.tapedeck.engine.model;

/** The models by name: the way back from {@link MarketModelParameters#texts()}. */
public final class MarketModels {
    private MarketModels() {}

    /**
     * Reads a model's parameters.
     *
     * @param modelName as {@link MarketModelParameters#modelName()} has it.
     * @param texts     as {@link MarketModelParameters#texts()} has them; those that belong to the model are taken.
     * @return equal parameters, to the bit.
     * @throws IllegalArgumentException if there is no such model, or a text is missing or none of its kind; names it.
     */
    public static MarketModelParameters read(final String modelName, final ParameterTexts texts) {
        switch (modelName) {
            case SimpleImbalanceParameters.MODEL_NAME:
                return SimpleImbalanceParameters.read(texts);
            case QueueReactiveCurves.MODEL_NAME:
                return QueueReactiveCurves.read(texts);
            case ReferencePriceParameters.MODEL_NAME:
                return ReferencePriceParameters.read(texts);
            default:
                throw new IllegalArgumentException("there is no model '" + modelName + "'; this program knows "
                        + SimpleImbalanceParameters.MODEL_NAME + ", " + QueueReactiveCurves.MODEL_NAME + " and "
                        + ReferencePriceParameters.MODEL_NAME);
        }
    }
}
