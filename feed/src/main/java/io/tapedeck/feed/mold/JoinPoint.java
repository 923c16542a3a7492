package io.tapedeck.feed.mold;

/** With which message a receiver begins in the session that it hears first. Later sessions begin with number 1. */
public enum JoinPoint {
    /** Number 1: what was published before is missing. */
    SESSION_START,
    /** The first message heard: what was published before is of no interest. */
    FIRST_HEARD,
    /** The message that a snapshot names: what is heard is kept until {@link MoldReceiver#resumeAt(long, long)}. */
    SNAPSHOT
}
