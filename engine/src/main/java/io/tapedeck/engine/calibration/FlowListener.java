package io.tapedeck.engine.calibration;

/** Hears what a {@link FlowReader} finds: in which states time passed, and which events came in which state. */
public interface FlowListener {
    /**
     * Time passed, and nothing happened.
     *
     * @param window  the state, the same all the time.
     * @param seconds above 0.
     */
    void onTime(QueueWindow window, double seconds);

    /**
     * Something happened to a queue of the window.
     *
     * @param window as it was before.
     * @param kind   one of {@link EventKind}.
     * @param side   {@link io.tapedeck.engine.book.Side#BID} or {@link io.tapedeck.engine.book.Side#ASK}.
     * @param level  0 to {@link QueueWindow#levels()} - 1.
     * @param shares that joined or left.
     */
    void onEvent(QueueWindow window, int kind, int side, int level, int shares);
}
