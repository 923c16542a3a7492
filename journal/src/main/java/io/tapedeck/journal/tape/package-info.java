/** Tapes of whatever format: which one a file is in, and what can be done with a file in any of them. */
package io.tapedeck.journal.tape;
