/** What makes and consumes events: random sources, market models, sessions, books and importers. */
package io.tapedeck.engine;
