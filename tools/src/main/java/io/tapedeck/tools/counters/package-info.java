/** Counters files of running and of finished processes, seen from outside: looks, rates, metrics for a monitoring system. */
package io.tapedeck.tools.counters;
