/** BinaryFILE: how ITCH messages follow each other in a file, each behind its length. */
package io.tapedeck.codecs.binaryfile;
