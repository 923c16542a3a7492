/**
 * Oracles: whether a simulated tape follows the law that its recipe names. The judge shares nothing with the simulator but
 * the recipe. The book, the window of the model and every event are read off the records; rates are computed from the
 * recipe's numbers by the formulas as they are written in the documentation, without the simulator's tables and shortcuts.
 *
 * <p>Every statistic here is a martingale or an exact law, so that its distribution is known whatever the parameters are.
 */
package io.tapedeck.engine.validation;
