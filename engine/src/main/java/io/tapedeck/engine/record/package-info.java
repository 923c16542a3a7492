/**
 * How producers write records: batches of slots that somebody lends, a writer that numbers what it puts into them, and
 * the records that open and close a trading day.
 */
package io.tapedeck.engine.record;
