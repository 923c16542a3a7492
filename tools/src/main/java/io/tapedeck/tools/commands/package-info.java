/** One class for each command of the command line. */
package io.tapedeck.tools.commands;
