/**
 * Estimates the curves of the queue-reactive model from recorded events.
 * {@link io.tapedeck.engine.calibration.ReferenceEstimator} is the seed program's own calibrator, kept for comparison.
 */
package io.tapedeck.engine.calibration;
