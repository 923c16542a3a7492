package io.tapedeck.engine.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * </pre>
 *
 * Numbers are written with six significant digits, as C++ streams do by default, so a set that was computed loses the
 * rest of its digits; a set that came from such a file is written as it was.
 */
public final class QueueReactiveCurvesFile {
    /** The largest file that is read, in bytes; what it takes on the heap is a small multiple. */
    public static final int MAX_FILE_BYTES = 16 << 20;

    private static final int SIGNIFICANT_DIGITS = 6;
    /** Below ten to this power numbers are written with an exponent, as they are from six digits on. */
    private static final int LEAST_PLAIN_EXPONENT = -4;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private QueueReactiveCurvesFile() {}

    /**
     * Reads a file.
     *
     * @param path of the file.
     * @return the curves.
     * @throws CorruptDataException if the file is not such JSON; names the byte, the key and the level.
     * @throws IOException          if the file cannot be read.
     */
    public static QueueReactiveCurves load(final Path path) throws IOException {
        final long lengthBytes = Files.size(path);
        if (lengthBytes > MAX_FILE_BYTES) {
            throw new CorruptDataException(
                    path,
                    MAX_FILE_BYTES,
                    "the file has " + lengthBytes + " bytes, curves have " + MAX_FILE_BYTES + " at most",
                    "Check that this is a file of curves");
        }
        return parse(path, Files.readAllBytes(path));
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
        try (JsonParser parser = JSON.createParser(json)) {
            final Reader reader = new Reader(source, parser);
            try {
                return reader.read();
            } catch (final JsonProcessingException ex) {
                throw reader.corrupt(ex.getLocation().getByteOffset(), "not JSON: " + ex.getOriginalMessage());
            } catch (final IOException ex) {
                throw reader.corrupt(parser.currentLocation().getByteOffset(), "not JSON: " + ex.getMessage());
            }
        } catch (final IOException ex) {
            throw new CorruptDataException(source, 0, "not JSON: " + ex.getMessage(), Reader.REMEDY);
        }
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

    /** Reads one file from front to back. */
    private static final class Reader {
        private static final String REMEDY = "Correct the file, or write the curves anew with calibrate";

        private final Object source;
        private final JsonParser parser;
        private String key = "";
        private Integer levels;
        private Integer maxQueue;
        private double spreadSensitivity = QueueReactiveCurves.DEFAULT_SPREAD_SENSITIVITY;
        private double imbalanceSensitivity = QueueReactiveCurves.DEFAULT_IMBALANCE_SENSITIVITY;
        private double[][] limitBid;
        private double[][] limitAsk;
        private double[][] cancelBid;
        private double[][] cancelAsk;
        private double[] marketBuy;
        private double[] marketSell;

        Reader(final Object source, final JsonParser parser) {
            this.source = source;
            this.parser = parser;
        }

        QueueReactiveCurves read() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw corrupt("the file must hold one JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                key = parser.currentName();
                parser.nextToken();
                readValue();
            }
            key = "";
            requireKey("K", levels);
            requireKey("n_max", maxQueue);
            requireKey("lambda_L_bid", limitBid);
            requireKey("lambda_L_ask", limitAsk);
            requireKey("lambda_C_bid", cancelBid);
            requireKey("lambda_C_ask", cancelAsk);
            requireKey("lambda_M_buy", marketBuy);
            requireKey("lambda_M_sell", marketSell);
            if (parser.nextToken() != null) {
                throw corrupt("something follows the closing brace");
            }
            return new QueueReactiveCurves(
                    levels,
                    maxQueue,
                    spreadSensitivity,
                    imbalanceSensitivity,
                    limitBid,
                    limitAsk,
                    cancelBid,
                    cancelAsk,
                    marketBuy,
                    marketSell);
        }

        CorruptDataException corrupt(final long offset, final String fault) {
            return new CorruptDataException(
                    source, Math.max(0, offset), key.isEmpty() ? fault : "key " + key + ": " + fault, REMEDY);
        }

        private CorruptDataException corrupt(final String fault) {
            return corrupt(parser.currentTokenLocation().getByteOffset(), fault);
        }

        private void readValue() throws IOException {
            switch (key) {
                case "K":
                    levels = integer(1, QueueReactiveCurves.MAX_LEVELS);
                    break;
                case "n_max":
                    maxQueue = integer(0, Integer.MAX_VALUE);
                    break;
                case "spread_sensitivity":
                    spreadSensitivity = finite();
                    break;
                case "imbalance_sensitivity":
                    imbalanceSensitivity = finite();
                    break;
                case "lambda_L_bid":
                    limitBid = tables();
                    break;
                case "lambda_L_ask":
                    limitAsk = tables();
                    break;
                case "lambda_C_bid":
                    cancelBid = tables();
                    break;
                case "lambda_C_ask":
                    cancelAsk = tables();
                    break;
                case "lambda_M_buy":
                    marketBuy = table("");
                    break;
                case "lambda_M_sell":
                    marketSell = table("");
                    break;
                default:
                    throw corrupt("files of curves have no such key");
            }
        }

        private int integer(final int least, final int most) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw corrupt("must be an integer, found " + parser.getText());
            }
            final double value = parser.getDoubleValue();
            if (value < least || value > most) {
                throw corrupt("must lie between " + least + " and " + most + ", found " + parser.getText());
            }
            return (int) value;
        }

        private double finite() throws IOException {
            final double value = number("");
            if (!Double.isFinite(value)) {
                throw corrupt("must be a finite number, found " + parser.getText());
            }
            return value;
        }

        private double[][] tables() throws IOException {
            requireArray("", "an array with an array of rates per level");
            final List<double[]> tables = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (tables.size() == QueueReactiveCurves.MAX_LEVELS) {
                    throw corrupt("more than " + tables.size() + " levels");
                }
                tables.add(table("level " + tables.size() + ": "));
            }
            return tables.toArray(new double[0][]);
        }

        private double[] table(final String level) throws IOException {
            requireArray(level, "an array of rates by queue size");
            double[] rates = new double[16];
            int length = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (length == QueueReactiveCurves.MAX_TABLE_LENGTH) {
                    throw corrupt(level + "more than " + length + " rates");
                }
                if (length == rates.length) {
                    rates = Arrays.copyOf(rates, 2 * length);
                }
                rates[length] = number(level + "queue size " + length + ": ");
                length++;
            }
            return Arrays.copyOf(rates, length);
        }

        private double number(final String where) throws IOException {
            final JsonToken token = parser.currentToken();
            if (token == null || !token.isNumeric()) {
                throw corrupt(where + "must be a number, found " + parser.getText());
            }
            return parser.getDoubleValue();
        }

        private void requireArray(final String where, final String wanted) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw corrupt(where + "must be " + wanted + ", found " + parser.getText());
            }
        }

        private void requireKey(final String name, final Object value) {
            if (value == null) {
                throw corrupt("key " + name + " is missing");
            }
        }
    }
}
