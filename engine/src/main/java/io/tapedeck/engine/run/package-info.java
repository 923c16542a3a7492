/**
 * Runs of the native simulator: units with their symbols, day after day, through a ring into the journal and to whoever
 * else consumes the records.
 */
package io.tapedeck.engine.run;
