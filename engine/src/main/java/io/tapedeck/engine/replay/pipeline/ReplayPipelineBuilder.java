package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.RecordFilter;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.Selection;
import io.tapedeck.engine.replay.SourcePlan;
import io.tapedeck.engine.replay.SymbolFilter;
import io.tapedeck.engine.replay.TimeFilter;
import io.tapedeck.engine.replay.TypeFilter;
import io.tapedeck.engine.replay.transform.Batches;
import io.tapedeck.engine.replay.transform.EveryNth;
import io.tapedeck.engine.replay.transform.FilterTransform;
import io.tapedeck.engine.replay.transform.HashSample;
import io.tapedeck.engine.replay.transform.MapTransform;
import io.tapedeck.engine.replay.transform.RecordMapper;
import io.tapedeck.engine.replay.transform.Transform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Puts a replay together. Transforms take effect in the order in which they are named here; everything is checked by
 * {@link #build()}, at the latest.
 *
 * <p>Filters of time, symbol and type that are named before anything else are also told to the source, which then leaves out
 * chunks that hold nothing of what is wanted.
 */
public final class ReplayPipelineBuilder {
    private final EventSource source;
    private final List<Step> steps = new ArrayList<>();
    private final List<NamedSink> sinks = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<String> warnings = new ArrayList<>();
    private Selection selection = Selection.ALL;
    private boolean isSelecting = true;
    private boolean isPushedDown = true;
    private boolean isFollowing;
    private Pacing pacing;
    private VirtualClock clock;
    private LongConsumer progress = count -> {};
    private String sampler;

    /** A transform with what it needs to become a stage. */
    record Step(String name, Transform transform, ErrorPolicy errorPolicy) {}

    /** A sink with how it is to be served. */
    record NamedSink(String name, ReplayHandler handler, SinkOptions options) {}

    ReplayPipelineBuilder(final EventSource source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * Keeps a time range of every session.
     *
     * @param fromNs first time wanted, nanoseconds since midnight.
     * @param toNs   first time behind the range.
     * @return this.
     * @throws IllegalArgumentException if the range ends before it begins.
     */
    public ReplayPipelineBuilder timeRange(final long fromNs, final long toNs) {
        final TimeFilter filter = new TimeFilter(fromNs, toNs);
        if (isSelecting && selection.time() == null) {
            selection = new Selection(filter, selection.symbols(), selection.types());
        }
        return selecting("time range", filter);
    }

    /**
     * Keeps the records about some symbols. Records about no instrument, the system events, are not among them.
     *
     * @param symbols to keep.
     * @return this.
     * @throws IllegalArgumentException if the source has no such symbol.
     */
    public ReplayPipelineBuilder symbols(final Collection<String> symbols) {
        final SymbolFilter filter = new SymbolFilter(symbols, source.instruments());
        if (isSelecting && selection.symbols() == null) {
            selection = new Selection(selection.time(), filter, selection.types());
        }
        return selecting("symbols", filter);
    }

    /**
     * Keeps the records of some types.
     *
     * @param types as {@link TypeFilter} names them.
     * @return this.
     * @throws IllegalArgumentException if one of them is no type.
     */
    public ReplayPipelineBuilder types(final Collection<String> types) {
        final TypeFilter filter = new TypeFilter(types);
        if (isSelecting && selection.types() == null) {
            selection = new Selection(selection.time(), selection.symbols(), filter);
        }
        return selecting("types", filter);
    }

    private ReplayPipelineBuilder selecting(final String name, final RecordFilter filter) {
        final boolean isStillSelecting = isSelecting;
        filter(uniqueName(name), filter);
        isSelecting = isStillSelecting;
        return this;
    }

    /**
     * Keeps what a filter keeps.
     *
     * @param name   of the stage.
     * @param filter says what is kept.
     * @return this.
     */
    public ReplayPipelineBuilder filter(final String name, final RecordFilter filter) {
        return transform(name, new FilterTransform(List.of(filter)));
    }

    /**
     * Keeps every N-th event, see {@link EveryNth}.
     *
     * @param n 1 or more.
     * @return this.
     * @throws IllegalArgumentException if n is less.
     */
    public ReplayPipelineBuilder everyNth(final int n) {
        return transform(uniqueName("every " + n), new EveryNth(n, false));
    }

    /**
     * Keeps every N-th event of each instrument, see {@link EveryNth}.
     *
     * @param n 1 or more.
     * @return this.
     * @throws IllegalArgumentException if n is less.
     */
    public ReplayPipelineBuilder everyNthPerInstrument(final int n) {
        return transform(uniqueName("every " + n + " per instrument"), new EveryNth(n, true));
    }

    /**
     * Keeps about one in M events, the same ones however the tapes are read, see {@link HashSample}.
     *
     * @param modulus   M, 1 or more.
     * @param remainder which of the M parts, 0 to M - 1.
     * @return this.
     * @throws IllegalArgumentException if they are out of range.
     */
    public ReplayPipelineBuilder hashSample(final int modulus, final int remainder) {
        return transform(uniqueName("one in " + modulus), new HashSample(modulus, remainder));
    }

    /**
     * Changes records.
     *
     * @param name   of the stage.
     * @param mapper changes them.
     * @return this.
     */
    public ReplayPipelineBuilder map(final String name, final RecordMapper mapper) {
        return transform(name, new MapTransform(mapper));
    }

    /**
     * Cuts the stream into batches, see {@link Batches}.
     *
     * @param count      the most records in a batch.
     * @param intervalNs the longest time in a batch, on a grid from midnight.
     * @return this.
     * @throws IllegalArgumentException if one is out of range.
     */
    public ReplayPipelineBuilder batch(final int count, final long intervalNs) {
        return transform(uniqueName("batch"), new Batches(count, intervalNs));
    }

    /**
     * Adds a transform of one's own; the first error ends the replay.
     *
     * @param name      of the stage.
     * @param transform used by this pipeline alone.
     * @return this.
     */
    public ReplayPipelineBuilder transform(final String name, final Transform transform) {
        return transform(name, transform, ErrorPolicy.FAIL);
    }

    /**
     * Adds a transform of one's own.
     *
     * @param name        of the stage; unique among transforms and sinks.
     * @param transform   used by this pipeline alone.
     * @param errorPolicy what becomes of a record at which it throws.
     * @return this.
     * @throws IllegalArgumentException if there is a stage of this name.
     */
    public ReplayPipelineBuilder transform(
            final String name, final Transform transform, final ErrorPolicy errorPolicy) {
        isSelecting = false;
        steps.add(new Step(newName(name), Objects.requireNonNull(transform, name), errorPolicy));
        if (sampler != null && transform.isStateful() && !transform.isSampler()) {
            warnings.add("'" + name + "' sees only what '" + sampler + "' leaves of the records before it");
        }
        if (transform.isSampler()) {
            sampler = name;
        }
        return this;
    }

    /**
     * Adds a sink that gets everything, on the thread of the replay.
     *
     * @param name    of the sink.
     * @param handler closed when the replay ends, however it does.
     * @return this.
     */
    public ReplayPipelineBuilder sink(final String name, final ReplayHandler handler) {
        return sink(name, handler, SinkOptions.DEFAULTS);
    }

    /**
     * Adds a sink.
     *
     * @param name    of the sink; unique among transforms and sinks.
     * @param handler closed when the replay ends, however it does.
     * @param options how it is served.
     * @return this.
     * @throws IllegalArgumentException if there is a stage of this name.
     */
    public ReplayPipelineBuilder sink(final String name, final ReplayHandler handler, final SinkOptions options) {
        sinks.add(new NamedSink(newName(name), Objects.requireNonNull(handler, name), options));
        return this;
    }

    /**
     * Sets how fast the market's time goes by; as fast as possible if not set.
     *
     * @param value the pace.
     * @return this.
     */
    public ReplayPipelineBuilder pacing(final Pacing value) {
        pacing = value;
        return this;
    }

    /**
     * Sets a clock that shows the time of the record at hand, in transforms and in sinks that are
     * {@linkplain BackPressure#DIRECT served directly}. Batches are then cut where the time changes.
     *
     * @param value the clock, used by this pipeline alone.
     * @return this.
     */
    public ReplayPipelineBuilder virtualClock(final VirtualClock value) {
        clock = value;
        return this;
    }

    /**
     * Goes on where everything that is written was delivered, and waits for more, until the source ends or the replay is
     * cancelled. Without this a replay ends there.
     *
     * @return this.
     */
    public ReplayPipelineBuilder follow() {
        isFollowing = true;
        return this;
    }

    /**
     * Reads everything, and leaves the choice to the filters. It changes no record, only the time that it takes.
     *
     * @return this.
     */
    public ReplayPipelineBuilder withoutPushDown() {
        isPushedDown = false;
        return this;
    }

    /**
     * Sets who is told after every batch how many records were read.
     *
     * @param value called on the thread of the replay.
     * @return this.
     */
    public ReplayPipelineBuilder onProgress(final LongConsumer value) {
        progress = value;
        return this;
    }

    /**
     * What is allowed but maybe not meant.
     *
     * @return one sentence each.
     */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Checks everything and tells the source what is wanted.
     *
     * @return a replay that can be run once.
     * @throws IllegalArgumentException if there is no sink.
     * @throws IOException              if the source cannot be read.
     */
    public ReplayPipeline build() throws IOException {
        if (sinks.isEmpty()) {
            throw new IllegalArgumentException("a replay needs a sink, even if it only counts");
        }
        if (isPushedDown && selection.isNarrow()) {
            source.narrow(selection);
            return new ReplayPipeline(this, totalCount(source.plan()));
        }
        return new ReplayPipeline(this, source.eventCount());
    }

    private long totalCount(final List<SourcePlan> plan) {
        return plan.isEmpty()
                ? source.eventCount()
                : plan.stream().mapToLong(SourcePlan::readRecords).sum();
    }

    private String newName(final String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("two stages of a replay have the name '" + name + "'");
        }
        return name;
    }

    private String uniqueName(final String name) {
        String unique = name;
        for (int i = 2; names.contains(unique); i++) {
            unique = name + " " + i;
        }
        return unique;
    }

    EventSource source() {
        return source;
    }

    List<Step> steps() {
        return steps;
    }

    List<NamedSink> sinks() {
        return sinks;
    }

    boolean isFollowing() {
        return isFollowing;
    }

    Pacing pacing() {
        return pacing;
    }

    VirtualClock clock() {
        return clock;
    }

    LongConsumer progress() {
        return progress;
    }
}
