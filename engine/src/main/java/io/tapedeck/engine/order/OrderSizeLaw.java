package io.tapedeck.engine.order;

import io.tapedeck.engine.random.RandomSource;

/**
 * How many shares orders have: all the same number, or lognormal ones around a median, rounded to the nearest whole
 * number and held between 1 and {@link #MAX_SHARES}. Sizes know nothing of the market's state.
 *
 * <p>As a text a law is {@code unit}, {@code fixed:N} or {@code lognormal:MEDIAN,SIGMA}.
 *
 * @param medianShares half of the orders have fewer, 1 to {@link #MAX_SHARES}.
 * @param sigma        standard deviation of the sizes' natural logarithm, 0 to 10; 0 if all orders are alike.
 */
public record OrderSizeLaw(double medianShares, double sigma) {
    /** The most shares that an order can have. */
    public static final int MAX_SHARES = 1_000_000;

    /** Every order is of one share. */
    public static final OrderSizeLaw UNIT = new OrderSizeLaw(1, 0);

    private static final double MAX_SIGMA = 10;
    private static final String UNIT_TEXT = "unit";
    private static final String FIXED = "fixed:";
    private static final String LOGNORMAL = "lognormal:";

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range, or if all orders are to have a broken number of shares.
     */
    public OrderSizeLaw {
        if (!(medianShares >= 1 && medianShares <= MAX_SHARES)) {
            throw new IllegalArgumentException(
                    "orders have 1 to " + MAX_SHARES + " shares: medianShares=" + medianShares);
        }
        if (!(sigma >= 0 && sigma <= MAX_SIGMA)) {
            throw new IllegalArgumentException("sigma must lie between 0 and " + MAX_SIGMA + ": sigma=" + sigma);
        }
        if (sigma == 0 && medianShares != Math.rint(medianShares)) {
            throw new IllegalArgumentException(
                    "orders of the same size have a whole number of shares: medianShares=" + medianShares);
        }
    }

    /**
     * Reads a law.
     *
     * @param text as described above.
     * @return the law.
     * @throws IllegalArgumentException if it is none; says what one looks like.
     */
    public static OrderSizeLaw parse(final String text) {
        try {
            if (UNIT_TEXT.equals(text)) {
                return UNIT;
            }
            if (text.startsWith(FIXED)) {
                return new OrderSizeLaw(Integer.parseInt(text.substring(FIXED.length())), 0);
            }
            final int comma = text.indexOf(',');
            if (text.startsWith(LOGNORMAL) && comma > 0) {
                return new OrderSizeLaw(
                        Double.parseDouble(text.substring(LOGNORMAL.length(), comma)),
                        Double.parseDouble(text.substring(comma + 1)));
            }
        } catch (final NumberFormatException ex) {
            throw wrong(text, ex);
        }
        throw wrong(text, null);
    }

    private static IllegalArgumentException wrong(final String text, final Throwable cause) {
        return new IllegalArgumentException(
                "order sizes are unit, fixed:N or lognormal:MEDIAN,SIGMA, found '" + text + "'", cause);
    }

    /**
     * The text that {@link #parse} makes this law of, to the bit.
     *
     * @return as described above.
     */
    public String text() {
        if (sigma > 0) {
            return LOGNORMAL + medianShares + "," + sigma;
        }
        return medianShares == 1 ? UNIT_TEXT : FIXED + (int) medianShares;
    }

    /**
     * Makes sizes.
     *
     * @param random decides them; a law of one size draws nothing.
     * @return sizes of this law.
     */
    public OrderSizes newSizes(final RandomSource random) {
        return new OrderSizes(this, random);
    }
}
