/**
 * What a book says at a moment, as numbers: mid, spread, imbalance, order flow. A
 * {@link io.tapedeck.engine.replay.feature.FeatureSink} keeps the order-level books of a replay, lets the
 * {@link io.tapedeck.engine.replay.feature.Feature}s of each instrument see every event, and writes a row when its
 * {@link io.tapedeck.engine.replay.feature.Trigger} says so. What is missing is no number, never 0.
 */
package io.tapedeck.engine.replay.feature;
