package io.tapedeck.engine.model;

/** Whole numbers as doubles, without the conversion instruction that HotSpot 17 makes slow in a hot loop. */
final class ExactDouble {
    private static final long TWO_TO_52_BITS = 0x4330000000000000L;

    private ExactDouble() {}

    /**
     * The number as a double.
     *
     * @param value 0 to 2<sup>52</sup> - 1.
     * @return the same number.
     */
    static double of(final long value) {
        return Double.longBitsToDouble(TWO_TO_52_BITS | value) - 0x1.0p52;
    }
}
