/**
 * What a run consists of and what a tape says about itself, as JSON: manifests of the reference model and of version
 * 2.0, the metadata of a tape of journal format 2, and the files that a folder should hold.
 */
package io.tapedeck.journal.manifest;
