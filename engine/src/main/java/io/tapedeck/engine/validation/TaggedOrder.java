package io.tapedeck.engine.validation;

/** One order at a time of a best queue, followed from where it joined to its end, for {@link FillChances}. */
final class TaggedOrder {
    private final FillChances chances;
    private boolean isActive;
    private long orderId;
    private int priceTicks;
    private int joined;
    private int place;
    private double marketRate;
    private double cancelRate;
    private double drift;
    private double gain;
    private double variation;

    TaggedOrder(final FillChances chances) {
        this.chances = chances;
    }

    boolean isActive() {
        return isActive;
    }

    boolean isOf(final long id) {
        return isActive && orderId == id;
    }

    int place() {
        return place;
    }

    int priceTicks() {
        return priceTicks;
    }

    /** Forgets the order without counting it. */
    void clear() {
        isActive = false;
    }

    /** Starts to follow an order; the rates only choose the function h, any would do. */
    void follow(final long id, final int price, final int atPlace, final double market, final double cancelPerOrder) {
        if (atPlace > FillChances.MAX_PLACE || !(market > 0)) {
            return;
        }
        isActive = true;
        orderId = id;
        priceTicks = price;
        joined = atPlace;
        place = atPlace;
        marketRate = market;
        cancelRate = cancelPerOrder;
        drift = 0;
        gain = 0;
        variation = 0;
    }

    /** Time passes in which the queue has these rates. */
    void expose(final double market, final double cancelPerOrder, final double seconds) {
        final double loss = chance(place);
        final double step = chance(place - 1) - loss;
        final double advances = (market + cancelPerOrder * (place - 1)) * seconds;
        final double cancellations = cancelPerOrder * seconds;
        drift += advances * step - cancellations * loss;
        variation += advances * step * step + cancellations * loss * loss;
    }

    /** An order before it has gone, or it itself was filled. */
    void advance() {
        gain += chance(place - 1) - chance(place);
        place--;
        if (place == 0) {
            end(true);
        }
    }

    void cancelled() {
        gain -= chance(place);
        end(false);
    }

    /** It is not to be followed further; what it has come to counts. */
    void interrupt() {
        if (isActive) {
            end(false);
        }
    }

    private void end(final boolean isFilled) {
        isActive = false;
        chances.ended(joined, isFilled, gain - drift, variation);
    }

    private double chance(final int k) {
        return marketRate / (marketRate + k * cancelRate);
    }
}
