/** What all commands share, and runs in JVMs of their own. */
package io.tapedeck.tools.cli;
