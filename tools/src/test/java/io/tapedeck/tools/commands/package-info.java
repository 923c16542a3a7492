/** The commands as a person runs them. */
package io.tapedeck.tools.commands;
