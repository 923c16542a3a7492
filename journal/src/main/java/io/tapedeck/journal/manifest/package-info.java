/** What a run of the reference model consists of: its manifest, and the session files that the manifest names. */
package io.tapedeck.journal.manifest;
