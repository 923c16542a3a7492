/**
 * Trading sessions: what a session is made from, the loop that turns a market process into timed events, the calendar,
 * and the run that writes sessions of many days and securities to a directory.
 */
package io.tapedeck.engine.session;
