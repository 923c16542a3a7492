package io.tapedeck.engine.replay;

import io.tapedeck.journal.format2.Format2Chunk;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The records that are wanted by time, symbol and type: what the leading filters of a replay keep, in a form that a source
 * can use to leave whole chunks unread. Immutable.
 *
 * @param time    null for all times.
 * @param symbols null for all instruments.
 * @param types   null for all types.
 */
public record Selection(TimeFilter time, SymbolFilter symbols, TypeFilter types) implements RecordFilter {
    /** Everything. */
    public static final Selection ALL = new Selection(null, null, null);

    @Override
    public boolean keeps(final DirectBuffer buffer, final int slotOffset) {
        return (time == null || time.keeps(buffer, slotOffset))
                && (symbols == null || symbols.keeps(buffer, slotOffset))
                && (types == null || types.keeps(buffer, slotOffset));
    }

    /**
     * Whether a chunk may hold anything that is wanted.
     *
     * @param chunk as the index describes it.
     * @return false if no record of it is kept.
     */
    public boolean mayKeepAnyOf(final Format2Chunk chunk) {
        return (time == null || time.mayKeepAnyOf(chunk))
                && (symbols == null || symbols.mayKeepAnyOf(chunk.contents()))
                && (types == null || types.mayKeepAnyOf(chunk.contents()));
    }

    /**
     * Whether there is anything that is not wanted.
     *
     * @return false if every record is kept.
     */
    public boolean isNarrow() {
        return time != null || symbols != null || types != null;
    }

    /**
     * The parts one by one.
     *
     * @return those that are not null.
     */
    public List<RecordFilter> filters() {
        final List<RecordFilter> filters = new ArrayList<>();
        for (final RecordFilter filter : new RecordFilter[] {time, symbols, types}) {
            if (filter != null) {
                filters.add(filter);
            }
        }
        return filters;
    }
}
