/**
 * Stylised facts: what is known to be true of markets in general, measured on a tape, real or simulated, beside what has been
 * published. They describe; they gate nothing.
 *
 * <p>Everything is accumulated on the way, in memory that does not grow with the tape.
 */
package io.tapedeck.engine.facts;
