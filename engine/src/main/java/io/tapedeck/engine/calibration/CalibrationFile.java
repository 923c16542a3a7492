package io.tapedeck.engine.calibration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.tapedeck.engine.book.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Writes what a calibration found: the curves in the keys that a run reads, every number with all its digits, and under
 * {@code estimate} how they came about:
 *
 * <pre>
 *   what the caller says of data and rule, by name
 *   confidence                   of the bands
 *   improve_coefficient          share of additions per tick of spread above one that do not join a queue
 *   min_count smooth n_max       the rule from cells to curves
 *   levels                       per level
 *     level                      0 for the innermost
 *     average_event_size         shares, of both sides; null without events
 *     bid ask                    per side
 *       limit cancel market      per kind, arrays by queue size from 0:
 *         count                  events
 *         seconds                time at risk, weighted where factors are divided out
 *         rate low high          estimate and band; null without time
 * </pre>
 *
 * <p>With curves around a reference price the keys that such a run needs are written as well, and executions of all
 * levels; at the best quotes only those of level 0.
 */
public final class CalibrationFile {
    private static final String[] KINDS = {"limit", "cancel", "market"};
    private static final String[] SIDES = {"bid", "ask"};
    private static final JsonFactory JSON = new JsonFactory();

    private final ExposureEstimator estimator;
    private final CurveRule rule;
    private final Anchor anchor;
    private final QueueUnit unit;
    private final double theta;
    private final double thetaReinit;
    private final Map<String, Object> facts;

    /**
     * A file to be written.
     *
     * @param estimator   with all data.
     * @param rule        from cells to curves.
     * @param anchor      of the windows.
     * @param unit        of the sizes.
     * @param theta       written for curves around a reference price, which records alone do not give.
     * @param thetaReinit likewise.
     * @param facts       what else there is to say, by name: texts, numbers, truth values, or arrays of texts.
     */
    public CalibrationFile(
            final ExposureEstimator estimator,
            final CurveRule rule,
            final Anchor anchor,
            final QueueUnit unit,
            final double theta,
            final double thetaReinit,
            final Map<String, Object> facts) {
        this.estimator = estimator;
        this.rule = rule;
        this.anchor = anchor;
        this.unit = unit;
        this.theta = theta;
        this.thetaReinit = thetaReinit;
        this.facts = facts;
    }

    /**
     * Writes the file, in the place of an older one if there is one.
     *
     * @param path of the file.
     * @throws IllegalArgumentException if a queue has too few events for any entry; nothing is written then.
     * @throws IOException              if the file cannot be written.
     */
    public void write(final Path path) throws IOException {
        final int[][] lastSizes = lastSizes();
        final DefaultPrettyPrinter layout = new DefaultPrettyPrinter();
        layout.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try (JsonGenerator json = JSON.createGenerator(Files.newBufferedWriter(path, StandardCharsets.UTF_8))) {
            json.setPrettyPrinter(layout);
            json.writeStartObject();
            writeCurves(json, lastSizes);
            writeEstimate(json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private boolean isTraded(final int level) {
        return anchor == Anchor.REFERENCE_PRICE || level == 0;
    }

    private int[][] lastSizes() {
        final int[][] lastSizes = new int[2][estimator.levels()];
        for (int side = Side.BID; side <= Side.ASK; side++) {
            for (int level = 0; level < estimator.levels(); level++) {
                lastSizes[side][level] = rule.lastSize(estimator.cells(side, level), isTraded(level));
                if (lastSizes[side][level] < 0) {
                    throw new IllegalArgumentException("no queue size of level " + level + " of the " + SIDES[side]
                            + " has " + rule.minCount() + " events; take more data, fewer levels, wider levels, or a"
                            + " smaller minimum");
                }
            }
        }
        return lastSizes;
    }

    private void writeCurves(final JsonGenerator json, final int[][] lastSizes) throws IOException {
        int longest = 0;
        for (final int[] side : lastSizes) {
            for (final int size : side) {
                longest = Math.max(longest, size);
            }
        }
        json.writeNumberField("K", estimator.levels());
        json.writeNumberField("n_max", longest);
        json.writeStringField("anchor", anchor == Anchor.BEST_QUOTE ? "best-quote" : "reference-price");
        if (anchor == Anchor.BEST_QUOTE) {
            json.writeNumberField("spread_sensitivity", estimator.feedback().spreadSensitivity());
            json.writeNumberField("imbalance_sensitivity", estimator.feedback().imbalanceSensitivity());
        } else {
            json.writeNumberField("theta", theta);
            json.writeNumberField("theta_reinit", thetaReinit);
        }
        json.writeArrayFieldStart("average_event_sizes");
        for (int level = 0; level < estimator.levels(); level++) {
            json.writeNumber(unit.shares(level));
        }
        json.writeEndArray();
        writeTables(json, "lambda_L_bid", Side.BID, EventKind.LIMIT, lastSizes);
        writeTables(json, "lambda_L_ask", Side.ASK, EventKind.LIMIT, lastSizes);
        writeTables(json, "lambda_C_bid", Side.BID, EventKind.CANCEL, lastSizes);
        writeTables(json, "lambda_C_ask", Side.ASK, EventKind.CANCEL, lastSizes);
        writeTables(json, "lambda_M_buy", Side.ASK, EventKind.MARKET, lastSizes);
        writeTables(json, "lambda_M_sell", Side.BID, EventKind.MARKET, lastSizes);
    }

    private void writeTables(
            final JsonGenerator json, final String key, final int side, final int kind, final int[][] lastSizes)
            throws IOException {
        json.writeFieldName(key);
        final boolean isOneTable = kind == EventKind.MARKET && anchor == Anchor.BEST_QUOTE;
        if (!isOneTable) {
            json.writeStartArray();
        }
        for (int level = 0; level < (isOneTable ? 1 : estimator.levels()); level++) {
            final double[] table = rule.table(estimator.cells(side, level), kind, lastSizes[side][level]);
            json.writeArray(table, 0, table.length);
        }
        if (!isOneTable) {
            json.writeEndArray();
        }
    }

    private void writeEstimate(final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("estimate");
        json.writeStringField("estimator", "exposure");
        for (final Map.Entry<String, Object> fact : facts.entrySet()) {
            json.writeFieldName(fact.getKey());
            writeFact(json, fact.getValue());
        }
        json.writeNumberField("confidence", RateEstimate.CONFIDENCE);
        json.writeNumberField("improve_coefficient", estimator.feedback().improveCoefficient());
        json.writeNumberField("min_count", rule.minCount());
        json.writeNumberField("smooth", rule.halfWidth());
        json.writeNumberField("n_max", rule.maxQueue());
        json.writeArrayFieldStart("levels");
        for (int level = 0; level < estimator.levels(); level++) {
            json.writeStartObject();
            json.writeNumberField("level", level);
            json.writeFieldName("average_event_size");
            writeNumber(json, estimator.averageEventSize(level));
            for (int side = Side.BID; side <= Side.ASK; side++) {
                json.writeObjectFieldStart(SIDES[side]);
                for (int kind = 0; kind < EventKind.COUNT; kind++) {
                    writeCells(json, estimator.cells(side, level), kind);
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeFact(final JsonGenerator json, final Object value) throws IOException {
        if (value instanceof Iterable<?> texts) {
            json.writeStartArray();
            for (final Object text : texts) {
                json.writeString(text.toString());
            }
            json.writeEndArray();
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double) {
            writeNumber(json, (Double) value);
        } else if (value instanceof Boolean) {
            json.writeBoolean((Boolean) value);
        } else {
            json.writeString(value.toString());
        }
    }

    private static void writeCells(final JsonGenerator json, final QueueCells cells, final int kind)
            throws IOException {
        json.writeObjectFieldStart(KINDS[kind]);
        json.writeArrayFieldStart("count");
        for (int size = 0; size <= cells.largestSize(); size++) {
            json.writeNumber(cells.count(kind, size));
        }
        json.writeEndArray();
        writeNumbers(json, "seconds", cells, kind, RateEstimate::seconds);
        writeNumbers(json, "rate", cells, kind, RateEstimate::rate);
        writeNumbers(json, "low", cells, kind, RateEstimate::low);
        writeNumbers(json, "high", cells, kind, RateEstimate::high);
        json.writeEndObject();
    }

    private static void writeNumbers(
            final JsonGenerator json,
            final String key,
            final QueueCells cells,
            final int kind,
            final ToDoubleFunction<RateEstimate> number)
            throws IOException {
        json.writeArrayFieldStart(key);
        for (int size = 0; size <= cells.largestSize(); size++) {
            writeNumber(json, number.applyAsDouble(cells.estimate(kind, size)));
        }
        json.writeEndArray();
    }

    /** JSON has no numbers that are not finite. */
    private static void writeNumber(final JsonGenerator json, final double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
