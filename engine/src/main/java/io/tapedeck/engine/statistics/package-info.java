/**
 * Statistics that tests and analyses share: tail probabilities, tests of laws, moments, correlations and the law of a
 * birth-death chain. Everything is a function of its input or an accumulator of constant size; nothing knows of markets.
 */
package io.tapedeck.engine.statistics;
