/** What an operator must know and do, in the log of the process: few lines, whatever happens how often. */
package io.tapedeck.engine.log;
