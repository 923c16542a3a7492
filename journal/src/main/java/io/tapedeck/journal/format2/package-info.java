/**
 * Journal format 2: one file holds one unit's day as records of 64 bytes, in chunks with checksums, with metadata in
 * front and an index behind. It can be read while it is written, and survives being cut anywhere.
 *
 * @see <a href="https://lz4.org">LZ4</a>, whose block format the chunks use
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3720">RFC 3720</a> for CRC-32C
 */
package io.tapedeck.journal.format2;
