/**
 * Replays of many tapes at once: each task is one unit's day, or one instrument's day, and belongs to one worker from its
 * first record to its last. What comes out does not depend on how many workers there are.
 */
package io.tapedeck.engine.replay.parallel;
