/** What all commands share: exit codes, reports as text or JSON, progress, the stop signal. */
package io.tapedeck.tools.cli;
