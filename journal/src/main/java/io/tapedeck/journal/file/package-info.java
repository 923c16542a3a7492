/**
 * Files as the journal sees them: read at any position without allocation, written block by block, replaced as a whole.
 */
package io.tapedeck.journal.file;
