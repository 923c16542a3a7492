/**
 * The replay pipeline: a source, transforms in the order of their declaration, and sinks. It is put together by
 * {@link io.tapedeck.engine.replay.pipeline.ReplayPipeline#from}, checked once, and run once:
 *
 * <pre>
 *   CountSink count = new CountSink();
 *   ReplayStatistics statistics = ReplayPipeline.from(source)
 *           .timeRange(fromNs, toNs)
 *           .symbols(List.of("AAPL"))
 *           .types(List.of("EXECUTE"))
 *           .sink("count", count)
 *           .build()
 *           .run();
 * </pre>
 *
 * <p>Everything happens on one thread, batch by batch, by calls from stage to stage: a source that is read faster than a
 * sink can write waits by itself. A sink that must not hold the others up gets a thread and a bounded ring of its own, see
 * {@link io.tapedeck.engine.replay.pipeline.BackPressure}.
 */
package io.tapedeck.engine.replay.pipeline;
