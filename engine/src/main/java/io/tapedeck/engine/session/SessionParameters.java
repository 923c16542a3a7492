package io.tapedeck.engine.session;

import io.tapedeck.engine.model.BookParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.EventClock;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.ImbalanceShift;
import io.tapedeck.engine.model.MarketLaw;
import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.random.StreamSet;
import java.util.Objects;

/**
 * Everything that decides a session but its seed. Immutable; checked once, here.
 *
 * @param model                    the law of the market.
 * @param p0Ticks                  opening price, in ticks, within a billion of zero.
 * @param tickSize                 units of a ten-thousandth of the currency per tick, 1 or more; carried for those who
 *                                 show prices, the model knows ticks only.
 * @param levelsPerSide            width of the book's window, 1 to 1,024; a book has 64 at most.
 * @param initialSpreadTicks       at the open, 0 to a million; 0 means 2.
 * @param initialDepth             of every level at the open and of every level that enters the window, 0 to 2^30; 0
 *                                 means 50.
 * @param sessionSeconds           length, 0 to a billion.
 * @param marketOpenSeconds        of the open, after midnight, 0 to 86,399.
 * @param spreadImproveCoefficient chance per tick of spread above one that an addition improves the best price; 0 or
 *                                 less means never.
 * @param thetaReinit              chance that a move of a best price redraws the book; 0 or less means never.
 * @param reinitDepthMean          mean of the redrawn depths, up to 700; 0 or less means 10.
 * @param orderSizes               how many shares orders have; the model counts orders and does not know.
 * @param clock                    what decides when events happen, beside the law's rates.
 * @param factor                   how the symbols move together.
 */
public record SessionParameters(
        MarketModelParameters model,
        int p0Ticks,
        int tickSize,
        int levelsPerSide,
        int initialSpreadTicks,
        int initialDepth,
        int sessionSeconds,
        int marketOpenSeconds,
        double spreadImproveCoefficient,
        double thetaReinit,
        double reinitDepthMean,
        OrderSizeLaw orderSizes,
        ClockParameters clock,
        FactorParameters factor) {
    /** What the command line starts from. */
    public static final SessionParameters DEFAULTS = new SessionParameters(
            SimpleImbalanceParameters.DEFAULTS,
            10_000,
            100,
            5,
            2,
            5,
            23_400,
            34_200,
            0.5,
            0,
            10,
            OrderSizeLaw.UNIT,
            ClockParameters.NONE,
            FactorParameters.NONE);

    private static final int MAX_PRICE_TICKS = 1_000_000_000;
    private static final int MAX_LEVELS = 1_024;
    private static final int MAX_SPREAD_TICKS = 1_000_000;
    private static final int MAX_DEPTH = 1 << 30;
    /** No longer than the gap that stands for "never". */
    private static final int MAX_SESSION_SECONDS = 1_000_000_000;

    /** Above what a record's time can say, and small enough to sample paths of. */
    private static final int MAX_GRID_SECONDS = 1_000_000;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final double MAX_REINIT_DEPTH_MEAN = 700;
    private static final double DEFAULT_REINIT_DEPTH_MEAN = 10;

    /**
     * Checks every parameter.
     *
     * @throws IllegalArgumentException naming the first that is out of range, with its value and the range.
     */
    public SessionParameters {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(orderSizes, "orderSizes");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(factor, "factor");
        requireRange("p0Ticks", p0Ticks, -MAX_PRICE_TICKS, MAX_PRICE_TICKS);
        requireRange("tickSize", tickSize, 1, Integer.MAX_VALUE);
        requireRange("levelsPerSide", levelsPerSide, 1, MAX_LEVELS);
        requireRange("initialSpreadTicks", initialSpreadTicks, 0, MAX_SPREAD_TICKS);
        requireRange("initialDepth", initialDepth, 0, MAX_DEPTH);
        requireRange("sessionSeconds", sessionSeconds, 0, MAX_SESSION_SECONDS);
        requireRange("marketOpenSeconds", marketOpenSeconds, 0, SECONDS_OF_DAY - 1);
        requireFinite("spreadImproveCoefficient", spreadImproveCoefficient);
        requireFinite("thetaReinit", thetaReinit);
        if (!(reinitDepthMean <= MAX_REINIT_DEPTH_MEAN)) {
            throw new IllegalArgumentException("reinitDepthMean must be " + MAX_REINIT_DEPTH_MEAN
                    + " at most: reinitDepthMean=" + reinitDepthMean);
        }
        if ((clock.isActive() || factor.isActive()) && sessionSeconds > MAX_GRID_SECONDS) {
            throw new IllegalArgumentException("with excitation, activity or a factor, sessionSeconds must be "
                    + MAX_GRID_SECONDS + " at most: sessionSeconds=" + sessionSeconds);
        }
    }

    /**
     * Starts from {@link #DEFAULTS}.
     *
     * @return a new builder.
     */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /**
     * Starts from these parameters.
     *
     * @return a new builder.
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Works out the law of the markets.
     *
     * @return a new law with tables of its own; markets that are made of one law share them.
     * @throws IllegalArgumentException if the model cannot do with such a book; names what does not fit.
     */
    public MarketLaw newLaw() {
        return model.newLaw(new BookParameters(
                levelsPerSide,
                initialSpreadTicks,
                initialDepth,
                spreadImproveCoefficient,
                thetaReinit,
                reinitDepthMean > 0 ? reinitDepthMean : DEFAULT_REINIT_DEPTH_MEAN));
    }

    /**
     * Makes the shift of one market: how far it leans with all others.
     *
     * @return a new shift, 0 at all times if there is no factor.
     */
    public ImbalanceShift newShift() {
        return new ImbalanceShift(factor.isActive() ? factor.loading() : 0);
    }

    /**
     * Makes the clock of one market.
     *
     * @param streams of the market.
     * @return a new clock.
     */
    public EventClock newClock(final StreamSet streams) {
        return clock.newClock(streams, sessionSeconds, factor.isActive());
    }

    private static void requireRange(final String name, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must lie between " + least + " and " + most + ": " + name + "=" + value);
        }
    }

    private static void requireFinite(final String name, final double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be a finite number: " + name + "=" + value);
        }
    }

    /** Sets parameters by name; what is not set stays as it was at the start. Nothing is checked before {@link #build}. */
    public static final class Builder {
        private MarketModelParameters model;
        private int p0Ticks;
        private int tickSize;
        private int levelsPerSide;
        private int initialSpreadTicks;
        private int initialDepth;
        private int sessionSeconds;
        private int marketOpenSeconds;
        private double spreadImproveCoefficient;
        private double thetaReinit;
        private double reinitDepthMean;
        private OrderSizeLaw orderSizes;
        private ClockParameters clock;
        private FactorParameters factor;

        private Builder(final SessionParameters start) {
            model = start.model;
            p0Ticks = start.p0Ticks;
            tickSize = start.tickSize;
            levelsPerSide = start.levelsPerSide;
            initialSpreadTicks = start.initialSpreadTicks;
            initialDepth = start.initialDepth;
            sessionSeconds = start.sessionSeconds;
            marketOpenSeconds = start.marketOpenSeconds;
            spreadImproveCoefficient = start.spreadImproveCoefficient;
            thetaReinit = start.thetaReinit;
            reinitDepthMean = start.reinitDepthMean;
            orderSizes = start.orderSizes;
            clock = start.clock;
            factor = start.factor;
        }

        /**
         * Sets {@link SessionParameters#model}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder model(final MarketModelParameters value) {
            model = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#p0Ticks}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder p0Ticks(final int value) {
            p0Ticks = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#tickSize}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder tickSize(final int value) {
            tickSize = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#levelsPerSide}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder levelsPerSide(final int value) {
            levelsPerSide = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#initialSpreadTicks}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder initialSpreadTicks(final int value) {
            initialSpreadTicks = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#initialDepth}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder initialDepth(final int value) {
            initialDepth = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#sessionSeconds}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder sessionSeconds(final int value) {
            sessionSeconds = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#marketOpenSeconds}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder marketOpenSeconds(final int value) {
            marketOpenSeconds = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#spreadImproveCoefficient}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder spreadImproveCoefficient(final double value) {
            spreadImproveCoefficient = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#thetaReinit}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder thetaReinit(final double value) {
            thetaReinit = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#reinitDepthMean}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder reinitDepthMean(final double value) {
            reinitDepthMean = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#orderSizes}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder orderSizes(final OrderSizeLaw value) {
            orderSizes = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#clock}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder clock(final ClockParameters value) {
            clock = value;
            return this;
        }

        /**
         * Sets {@link SessionParameters#factor}.
         *
         * @param value as described there.
         * @return this.
         */
        public Builder factor(final FactorParameters value) {
            factor = value;
            return this;
        }

        /**
         * Checks and makes the parameters.
         *
         * @return new parameters.
         * @throws IllegalArgumentException naming the first that is out of range.
         */
        public SessionParameters build() {
            return new SessionParameters(
                    model,
                    p0Ticks,
                    tickSize,
                    levelsPerSide,
                    initialSpreadTicks,
                    initialDepth,
                    sessionSeconds,
                    marketOpenSeconds,
                    spreadImproveCoefficient,
                    thetaReinit,
                    reinitDepthMean,
                    orderSizes,
                    clock,
                    factor);
        }
    }
}
