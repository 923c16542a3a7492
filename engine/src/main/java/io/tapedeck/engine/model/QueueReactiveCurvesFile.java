package io.tapedeck.engine.model;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * Curves as a JSON file:
 *
 * <pre>
 *   K                                         levels per side
 *   n_max                                     largest tabulated queue, for people
 *   spread_sensitivity                        0.3 where absent
 *   imbalance_sensitivity                     1.0 where absent
 *   lambda_L_bid lambda_L_ask                 additions:     per level an array of rates per second by queue size
 *   lambda_C_bid lambda_C_ask                 cancellations: likewise
 *   lambda_M_buy                              buys:  one array, by the best ask's queue size
 *   lambda_M_sell                             sells: one array, by the best bid's queue size
 *   anchor                                    may be there, and is then "best-quote"
 *   average_event_sizes, source, estimate     may be there, and say where the curves are from
 * </pre>
 *
 * Numbers are written with six significant digits, as C++ streams do by default, so a set that was computed loses the
 * rest of its digits; a set that came from such a file is written as it was.
 */
public final class QueueReactiveCurvesFile {
    private static final int SIGNIFICANT_DIGITS = 6;
    /** Below ten to this power numbers are written with an exponent, as they are from six digits on. */
    private static final int LEAST_PLAIN_EXPONENT = -4;

    private QueueReactiveCurvesFile() {}

    /**
     * Reads a file by the seed program's rules: what is no rate counts as 0, and what the curves mean for the market is
     * nobody's concern.
     *
     * @param path of the file.
     * @return the curves.
     * @throws CorruptDataException if the file is not such JSON; names the byte, the key and the level.
     * @throws IOException          if the file cannot be read.
     */
    public static QueueReactiveCurves load(final Path path) throws IOException {
        return parse(path, CurvesReader.bytes(path));
    }

    /**
     * Reads a file whose curves must make a market that forgets where it began: see {@link QueueErgodicity}.
     *
     * @param path of the file.
     * @return the curves.
     * @throws CorruptDataException if the file is not such JSON, a rate is none, or a queue would grow without bound or
     *                              stand still; names the byte, the level and the queue size.
     * @throws IOException          if the file cannot be read.
     */
    public static QueueReactiveCurves loadErgodic(final Path path) throws IOException {
        return parseErgodic(path, CurvesReader.bytes(path));
    }

    /**
     * Writes a file, in the place of an older one if there is one.
     *
     * @param path   of the file.
     * @param curves to be written.
     * @throws IOException if the file cannot be written.
     */
    public static void save(final Path path, final QueueReactiveCurves curves) throws IOException {
        Files.writeString(path, format(curves), StandardCharsets.UTF_8);
    }

    /**
     * Reads curves from bytes.
     *
     * @param source where they come from, for messages.
     * @param json   the whole file.
     * @return the curves.
     * @throws CorruptDataException if they are not such JSON; names the byte, the key and the level.
     */
    static QueueReactiveCurves parse(final Object source, final byte[] json) {
        return curves(CurvesReader.read(source, json, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    static QueueReactiveCurves parseErgodic(final Object source, final byte[] json) {
        final CurvesReader reader = CurvesReader.read(source, json, 0, QueueCurves.MAX_RATE);
        final QueueReactiveCurves curves = curves(reader);
        for (int level = 0; level < curves.levels(); level++) {
            requireErgodic(reader, "lambda_L_bid", level, curves.limitBid(level), departuresBid(curves, level));
            requireErgodic(reader, "lambda_L_ask", level, curves.limitAsk(level), departuresAsk(curves, level));
        }
        return curves;
    }

    private static QueueReactiveCurves curves(final CurvesReader reader) {
        reader.requireAnchor(CurvesReader.BEST_QUOTE);
        return new QueueReactiveCurves(
                reader.levels,
                reader.maxQueue,
                reader.spreadSensitivity,
                reader.imbalanceSensitivity,
                reader.tables("lambda_L_bid"),
                reader.tables("lambda_L_ask"),
                reader.tables("lambda_C_bid"),
                reader.tables("lambda_C_ask"),
                reader.table("lambda_M_buy"),
                reader.table("lambda_M_sell"));
    }

    /**
     * An emptied best level leaves the window and the model never shows size 0 there; further out, and at sizes that no
     * session had, an estimate may lack rates. So the conditions begin at the first size from 1 on that has a rate.
     */
    private static void requireErgodic(
            final CurvesReader reader,
            final String key,
            final int level,
            final double[] arrivals,
            final double[] departures) {
        final int longest = Math.max(arrivals.length, departures.length);
        int first = 1;
        while (first < longest && CurveTable.rate(arrivals, first) + CurveTable.rate(departures, first) == 0) {
            first++;
        }
        try {
            QueueErgodicity.require("level " + level, arrivals, departures, first);
        } catch (final IllegalArgumentException ex) {
            throw reader.corrupt(key, level, ex.getMessage());
        }
    }

    private static double[] departuresBid(final QueueReactiveCurves curves, final int level) {
        return level == 0 ? CurveTable.sum(curves.cancelBid(0), curves.marketSell()) : curves.cancelBid(level);
    }

    private static double[] departuresAsk(final QueueReactiveCurves curves, final int level) {
        return level == 0 ? CurveTable.sum(curves.cancelAsk(0), curves.marketBuy()) : curves.cancelAsk(level);
    }

    /**
     * The text of a file.
     *
     * @param curves to be written.
     * @return JSON, one table per line.
     */
    static String format(final QueueReactiveCurves curves) {
        final StringBuilder text = new StringBuilder(1 << 13);
        text.append("{\n  \"K\": ").append(curves.levels());
        text.append(",\n  \"n_max\": ").append(curves.maxQueue());
        text.append(",\n  \"spread_sensitivity\": ").append(format(curves.spreadSensitivity()));
        text.append(",\n  \"imbalance_sensitivity\": ").append(format(curves.imbalanceSensitivity()));
        appendTables(text, "lambda_L_bid", curves.levels(), curves::limitBid);
        appendTables(text, "lambda_L_ask", curves.levels(), curves::limitAsk);
        appendTables(text, "lambda_C_bid", curves.levels(), curves::cancelBid);
        appendTables(text, "lambda_C_ask", curves.levels(), curves::cancelAsk);
        text.append(",\n  \"lambda_M_buy\": ");
        appendTable(text, curves.marketBuy());
        text.append(",\n  \"lambda_M_sell\": ");
        appendTable(text, curves.marketSell());
        return text.append("\n}\n").toString();
    }

    /**
     * A number with six significant digits and no trailing zeros; very small and very large ones with an exponent of two
     * digits or more.
     *
     * @param value finite.
     * @return as the format {@code %g} of C writes it.
     */
    static String format(final double value) {
        final BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(SIGNIFICANT_DIGITS, RoundingMode.HALF_EVEN));
        if (rounded.signum() == 0) {
            return "0";
        }
        final int exponent = rounded.precision() - rounded.scale() - 1;
        final BigDecimal stripped = rounded.stripTrailingZeros();
        if (exponent >= LEAST_PLAIN_EXPONENT && exponent < SIGNIFICANT_DIGITS) {
            return stripped.toPlainString();
        }
        final String mantissa = stripped.movePointLeft(exponent).toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static void appendTables(
            final StringBuilder text, final String key, final int levels, final IntFunction<double[]> table) {
        text.append(",\n  \"").append(key).append("\": [\n");
        for (int level = 0; level < levels; level++) {
            text.append("    ");
            appendTable(text, table.apply(level));
            text.append(level + 1 < levels ? ",\n" : "\n");
        }
        text.append("  ]");
    }

    private static void appendTable(final StringBuilder text, final double[] table) {
        text.append('[');
        for (int n = 0; n < table.length; n++) {
            text.append(n == 0 ? "" : ",").append(format(table[n]));
        }
        text.append(']');
    }
}
