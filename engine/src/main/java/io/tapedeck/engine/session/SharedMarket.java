package io.tapedeck.engine.session;

import io.tapedeck.engine.model.MarketFactor;
import io.tapedeck.engine.model.MarketLaw;
import io.tapedeck.engine.random.RandomStreams;

/**
 * What all symbols of a run have in common: the parameters, the law with its tables, the names of the random streams, and the
 * market factor. Symbols on any thread share one.
 */
public final class SharedMarket {
    private final SessionParameters parameters;
    private final RandomStreams streams;
    private final MarketLaw law;
    private final MarketFactor factor;

    /**
     * Works out what is shared.
     *
     * @param parameters of all sessions.
     * @param streams    of the run.
     * @throws IllegalArgumentException if the model cannot do with the book; names what does not fit.
     */
    public SharedMarket(final SessionParameters parameters, final RandomStreams streams) {
        this.parameters = parameters;
        this.streams = streams;
        law = parameters.newLaw();
        factor = new MarketFactor(parameters.factor(), streams, parameters.sessionSeconds());
    }

    SessionParameters parameters() {
        return parameters;
    }

    RandomStreams streams() {
        return streams;
    }

    MarketLaw law() {
        return law;
    }

    MarketFactor factor() {
        return factor;
    }
}
