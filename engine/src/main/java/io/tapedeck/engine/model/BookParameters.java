package io.tapedeck.engine.model;

/**
 * How a market's book opens and how it is filled up. A model uses what its kind of book has.
 *
 * @param levelsPerSide            width of the book's window, 1 or more.
 * @param initialSpreadTicks       at the open, 0 or more; 0 means 2.
 * @param initialDepth             of every level at the open and of every level that enters the window, 0 or more; 0
 *                                 means 50.
 * @param spreadImproveCoefficient chance per tick of spread above one that an addition improves the best price; 0 or
 *                                 less means never.
 * @param thetaReinit              chance that a move of a best price redraws the book; 0 or less means never.
 * @param reinitDepthMean          mean of the redrawn depths, above 0, to 700.
 */
public record BookParameters(
        int levelsPerSide,
        int initialSpreadTicks,
        int initialDepth,
        double spreadImproveCoefficient,
        double thetaReinit,
        double reinitDepthMean) {}
