/**
 * Trading sessions: what a session is made from, the loop that turns a market process into timed events, the calendars,
 * the producers that write units of instruments order by order, and the run of the reference model that writes sessions
 * of many days and securities to a directory.
 */
package io.tapedeck.engine.session;
