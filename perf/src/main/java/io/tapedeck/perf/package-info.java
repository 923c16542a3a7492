/** Benchmarks that check their own result, and the harnesses behind {@code tapedeck bench}. */
package io.tapedeck.perf;
