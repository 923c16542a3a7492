/** What all commands share: the entry point, exit codes, reports as text or JSON, progress, the stop signal. */
package io.tapedeck.tools.cli;
