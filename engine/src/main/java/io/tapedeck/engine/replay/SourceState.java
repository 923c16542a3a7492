package io.tapedeck.engine.replay;

/** What a source can say about what comes next. */
public enum SourceState {
    /** There may be more events: poll again. */
    ACTIVE,
    /** All events that are there now were delivered, and more may come: rest, then poll again. */
    CAUGHT_UP,
    /** There are no more events. */
    ENDED
}
