package io.tapedeck.journal.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an instrument id in a record stands for. Immutable.
 *
 * @param id         from 1; unique in a run.
 * @param symbol     1 to 8 visible ASCII characters; unique in a run.
 * @param tickSize   a tick in 1/10,000 of the currency, at least 1.
 * @param parameters what the model was told about this instrument alone, in the form of {@link Recipe#parameters()}.
 */
public record Instrument(int id, String symbol, int tickSize, Map<String, String> parameters) {
    private static final Pattern SYMBOL = Pattern.compile("[!-~]{1,8}");

    /**
     * Checks every value and takes a copy of the map.
     *
     * @throws IllegalArgumentException if one is out of range; names it.
     */
    public Instrument {
        if (id < 1) {
            throw new IllegalArgumentException("id is " + id + ", must be at least 1");
        }
        if (!SYMBOL.matcher(symbol).matches()) {
            throw new IllegalArgumentException("symbol is \"" + symbol + "\", must be 1 to 8 visible ASCII characters");
        }
        if (tickSize < 1) {
            throw new IllegalArgumentException("tickSize is " + tickSize + ", must be at least 1");
        }
        parameters = Recipe.namedTexts("parameters of " + symbol, parameters);
    }

    /** Demands that no id and no symbol is there twice. */
    static void requireDistinct(final Iterable<Instrument> instruments) {
        final Set<Integer> ids = new HashSet<>();
        final Set<String> symbols = new HashSet<>();
        for (final Instrument instrument : instruments) {
            if (!ids.add(instrument.id) || !symbols.add(instrument.symbol)) {
                throw new IllegalArgumentException(
                        "instrument " + instrument.id + ", " + instrument.symbol + ", has an id or a symbol twice");
            }
        }
    }

    /** A copy of the list in which no id and no symbol is there twice. */
    static List<Instrument> distinct(final List<Instrument> instruments) {
        final List<Instrument> copy = List.copyOf(instruments);
        requireDistinct(copy);
        return copy;
    }
}
