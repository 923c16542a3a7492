/**
 * Where chance comes from: generators of random words and uniforms, the seeds of a run's many streams, and the two
 * elementary functions that turn uniforms into waiting times and spreads into rates, with the same bits on every JVM.
 */
package io.tapedeck.engine.random;
