/**
 * NASDAQ TotalView-ITCH 5.0: a flyweight per message type, which both reads and writes, and a dispatcher that tells
 * the types apart. Layouts and lengths are those of the exchange's specification, revision of 2026-02-19; the
 * revisions since 2023 changed values only.
 */
package io.tapedeck.codecs.itch;
