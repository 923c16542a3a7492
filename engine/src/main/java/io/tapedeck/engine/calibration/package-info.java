/**
 * Estimates the curves of the queue-reactive model from recorded events.
 *
 * <p>{@link io.tapedeck.engine.calibration.FlowReader} makes of a tape's records what an estimator needs: how long the
 * queues of a {@link io.tapedeck.engine.calibration.QueueWindow} had which sizes, and which events came in which state.
 * {@link io.tapedeck.engine.calibration.ExposureEstimator} makes rates of it,
 * {@link io.tapedeck.engine.calibration.CurveRule} curves that a run takes, and
 * {@link io.tapedeck.engine.calibration.CalibrationFile} a file with all of that.
 *
 * <p>{@link io.tapedeck.engine.calibration.ReferenceEstimator} is the seed program's own calibrator, kept for comparison.
 */
package io.tapedeck.engine.calibration;
