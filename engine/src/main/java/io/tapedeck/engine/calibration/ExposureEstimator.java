package io.tapedeck.engine.calibration;

import io.tapedeck.engine.book.Side;
import java.util.Arrays;

/**
 * The maximum-likelihood estimator of the queue-reactive model. Events of kind k come to a queue of size n with the rate
 * lambda_k(n), so the likelihood of what was seen is the product over all cells of lambda^N exp(-lambda T), with N the
 * events and T all the time that the queue spent at that size. Its maximum is
 *
 * <pre>
 *   lambda_k(n) = N_k(n) / T(n)
 * </pre>
 *
 * <p>All time counts, however it ended: by an event of the queue, by a move of the prices that made another queue of it,
 * or by the end of the session. To throw away what did not end with an event, as estimators by mean waiting times do,
 * adds the rate of those interruptions to every total rate.
 *
 * <p>Where the model multiplies its curves ({@link Feedback}), T is the integral of the factor over that time, which is
 * the maximum likelihood for known factors.
 *
 * <p>Source of the model: Huang, Lehalle and Rosenbaum, JASA 110 (2015), 107-122.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation but for sizes larger than any before.
 */
public final class ExposureEstimator implements FlowListener {
    private final Feedback feedback;
    private final QueueCells[][] cells;

    /**
     * An estimator without data.
     *
     * @param levels   per side, those of the windows.
     * @param feedback the factors on the curves.
     */
    public ExposureEstimator(final int levels, final Feedback feedback) {
        this.feedback = feedback;
        cells = new QueueCells[2][levels];
        for (final QueueCells[] side : cells) {
            Arrays.setAll(side, level -> new QueueCells());
        }
    }

    @Override
    public void onTime(final QueueWindow window, final double seconds) {
        final double limit = seconds * feedback.limit(window);
        for (int side = Side.BID; side <= Side.ASK; side++) {
            final double market = seconds * feedback.market(window, side);
            for (int level = 0; level < cells[side].length; level++) {
                cells[side][level].addTime(window.size(side, level), limit, seconds, market);
            }
        }
    }

    @Override
    public void onEvent(final QueueWindow window, final int kind, final int side, final int level, final int shares) {
        cells[side][level].addEvent(window.size(side, level), kind, shares);
    }

    /**
     * The factors on the curves.
     *
     * @return those that the estimator was given.
     */
    public Feedback feedback() {
        return feedback;
    }

    /**
     * Levels per side.
     *
     * @return 1 or more.
     */
    public int levels() {
        return cells[0].length;
    }

    /**
     * What is known of a queue.
     *
     * @param side  {@link Side#BID} or {@link Side#ASK}.
     * @param level 0 to {@link #levels()} - 1.
     * @return a live view.
     */
    public QueueCells cells(final int side, final int level) {
        return cells[side][level];
    }

    /** Holds bid and ask to be alike: each side's cells become those of both. */
    public void symmetrise() {
        for (int level = 0; level < levels(); level++) {
            cells[Side.BID][level].add(cells[Side.ASK][level]);
            cells[Side.ASK][level] = cells[Side.BID][level];
        }
    }

    /**
     * The average size of the events at a level, of both sides.
     *
     * @param level 0 to {@link #levels()} - 1.
     * @return shares; NaN without events.
     */
    public double averageEventSize(final int level) {
        final QueueCells both = new QueueCells();
        both.add(cells[Side.BID][level]);
        both.add(cells[Side.ASK][level]);
        return both.averageEventSize();
    }
}
