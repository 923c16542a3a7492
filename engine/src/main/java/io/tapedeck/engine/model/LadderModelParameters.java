package io.tapedeck.engine.model;

import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.StreamSet;

/** What a {@link LadderModel} is made from. */
public interface LadderModelParameters extends MarketModelParameters {
    /** Makes models that share their tables. */
    @FunctionalInterface
    interface Factory {
        /**
         * Makes a model.
         *
         * @param shift how far the market leans; asked at every look at the book.
         * @return a new model, which belongs to one thread.
         */
        LadderModel newModel(ImbalanceShift shift);
    }

    /**
     * Works out the tables.
     *
     * @param levels per side of the books that the models will see, 1 to {@link LadderBook#MAX_LEVELS}.
     * @return a factory whose models share them.
     */
    Factory newFactory(int levels);

    /**
     * Makes one model of a market that does not lean.
     *
     * @param levels as for {@link #newFactory}.
     * @return a new model with tables of its own.
     */
    default LadderModel newModel(final int levels) {
        return newFactory(levels).newModel(new ImbalanceShift(0));
    }

    @Override
    default MarketLaw newLaw(final BookParameters parameters) {
        final Factory factory = newFactory(newBook(parameters).levels());
        return inputs -> {
            final StreamSet streams = inputs.streams();
            return new LadderProcess(
                    newBook(parameters),
                    factory.newModel(inputs.shift()),
                    streams.stream(StreamPurpose.FLOW),
                    streams.stream(StreamPurpose.REINITIALISATION),
                    parameters.spreadImproveCoefficient(),
                    parameters.thetaReinit(),
                    parameters.reinitDepthMean());
        };
    }

    private static LadderBook newBook(final BookParameters parameters) {
        return new LadderBook(parameters.levelsPerSide(), parameters.initialSpreadTicks(), parameters.initialDepth());
    }
}
