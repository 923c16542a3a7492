package io.tapedeck.engine.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a file of curves, of either kind, from front to back, and keeps what it says. */
final class CurvesReader {
    /** The largest file that is read, in bytes; what it takes on the heap is a small multiple. */
    static final int MAX_FILE_BYTES = 16 << 20;

    static final String BEST_QUOTE = "best-quote";
    static final String REFERENCE_PRICE = "reference-price";

    private static final String REMEDY = "Correct the file, or write the curves anew with calibrate";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    double spreadSensitivity = QueueReactiveCurves.DEFAULT_SPREAD_SENSITIVITY;
    double imbalanceSensitivity = QueueReactiveCurves.DEFAULT_IMBALANCE_SENSITIVITY;
    Integer levels;
    Integer maxQueue;
    Double theta;
    Double thetaReinit;
    double[] averageEventSizes;

    private final Object source;
    private final JsonParser parser;
    private final double leastRate;
    private final double mostRate;
    private final Map<String, double[][]> tables = new HashMap<>();
    /** Where the tables of a kind begin, in bytes, by level. */
    private final Map<String, List<Long>> tableOffsets = new HashMap<>();

    /** Which of the kinds that may be one table or one for each level are the latter. */
    private final Set<String> nestedKeys = new HashSet<>();

    private String anchor = BEST_QUOTE;
    private String key = "";

    private CurvesReader(final Object source, final JsonParser parser, final double leastRate, final double mostRate) {
        this.source = source;
        this.parser = parser;
        this.leastRate = leastRate;
        this.mostRate = mostRate;
    }

    /**
     * The content of a file.
     *
     * @throws CorruptDataException if it is too long for one of curves.
     */
    static byte[] bytes(final Path path) throws IOException {
        final long lengthBytes = Files.size(path);
        if (lengthBytes > MAX_FILE_BYTES) {
            throw new CorruptDataException(
                    path,
                    MAX_FILE_BYTES,
                    "the file has " + lengthBytes + " bytes, curves have " + MAX_FILE_BYTES + " at most",
                    "Check that this is a file of curves");
        }
        return Files.readAllBytes(path);
    }

    /**
     * Reads curves from bytes.
     *
     * @param source    where they come from, for messages.
     * @param json      the whole file.
     * @param leastRate below this a rate is refused.
     * @param mostRate  above this a rate is refused.
     * @throws CorruptDataException if they are not such JSON; names the byte, the key and the level.
     */
    static CurvesReader read(final Object source, final byte[] json, final double leastRate, final double mostRate) {
        try (JsonParser parser = JSON.createParser(json)) {
            final CurvesReader reader = new CurvesReader(source, parser, leastRate, mostRate);
            try {
                reader.read();
                return reader;
            } catch (final JsonProcessingException ex) {
                throw reader.corrupt(ex.getLocation().getByteOffset(), "not JSON: " + ex.getOriginalMessage());
            } catch (final IOException ex) {
                throw reader.corrupt(parser.currentLocation().getByteOffset(), "not JSON: " + ex.getMessage());
            }
        } catch (final IOException ex) {
            throw new CorruptDataException(source, 0, "not JSON: " + ex.getMessage(), REMEDY);
        }
    }

    /** The tables of a kind, by level. */
    double[][] tables(final String ofKey) {
        return tables.get(ofKey);
    }

    /** The table of a kind that has one for all levels. */
    double[] table(final String ofKey) {
        if (nestedKeys.contains(ofKey)) {
            throw corrupt(ofKey, 0, "must be one array of rates by queue size, found an array of arrays");
        }
        return tables.get(ofKey)[0];
    }

    /**
     * Makes sure that the file is of a kind.
     *
     * @throws CorruptDataException if it is of the other.
     */
    void requireAnchor(final String wanted) {
        if (!anchor.equals(wanted)) {
            throw new CorruptDataException(
                    source,
                    0,
                    "the file has curves with the anchor " + anchor + ", wanted are some with the anchor " + wanted,
                    "Say --anchor " + anchor + ", or give another file");
        }
    }

    /** A fault of the table that belongs to a kind and level. */
    CorruptDataException corrupt(final String ofKey, final int level, final String fault) {
        final List<Long> offsets = tableOffsets.get(ofKey);
        key = ofKey;
        return corrupt(level < offsets.size() ? offsets.get(level) : 0, fault);
    }

    /** A fault of the file as a whole. */
    CorruptDataException corruptFile(final String fault) {
        key = "";
        return corrupt(0, fault);
    }

    private CorruptDataException corrupt(final long offset, final String fault) {
        return new CorruptDataException(
                source, Math.max(0, offset), key.isEmpty() ? fault : "key " + key + ": " + fault, REMEDY);
    }

    private CorruptDataException corrupt(final String fault) {
        return corrupt(parser.currentTokenLocation().getByteOffset(), fault);
    }

    private void read() throws IOException {
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
        for (final String table : List.of(
                "lambda_L_bid", "lambda_L_ask", "lambda_C_bid", "lambda_C_ask", "lambda_M_buy", "lambda_M_sell")) {
            requireKey(table, tables.get(table));
        }
        if (anchor.equals(REFERENCE_PRICE)) {
            requireKey("average_event_sizes", averageEventSizes);
            requireKey("theta", theta);
            requireKey("theta_reinit", thetaReinit);
        }
        if (parser.nextToken() != null) {
            throw corrupt("something follows the closing brace");
        }
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
            case "theta":
                theta = finite();
                break;
            case "theta_reinit":
                thetaReinit = finite();
                break;
            case "average_event_sizes":
                averageEventSizes = numbers("", "an array of shares by level", 0, Double.MAX_VALUE);
                break;
            case "anchor":
                anchor = anchor();
                break;
            case "lambda_L_bid":
            case "lambda_L_ask":
            case "lambda_C_bid":
            case "lambda_C_ask":
                tables.put(key, tables());
                break;
            case "lambda_M_buy":
            case "lambda_M_sell":
                tables.put(key, tableOrTables());
                break;
            case "source":
            case "estimate":
                // For people and for other programs.
                parser.skipChildren();
                break;
            default:
                throw corrupt("files of curves have no such key");
        }
    }

    private String anchor() throws IOException {
        final String text = parser.getText();
        if (!BEST_QUOTE.equals(text) && !REFERENCE_PRICE.equals(text)) {
            throw corrupt("must be \"" + BEST_QUOTE + "\" or \"" + REFERENCE_PRICE + "\", found " + text);
        }
        return text;
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
        parser.nextToken();
        return tablesFromFirst();
    }

    /** Executions by the best queue alone are one table, by every queue one per level. */
    private double[][] tableOrTables() throws IOException {
        final long offset = parser.currentTokenLocation().getByteOffset();
        requireArray("", "an array of rates by queue size");
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            nestedKeys.add(key);
            return tablesFromFirst();
        }
        tableOffsets.put(key, List.of(offset));
        return new double[][] {numbersFromFirst("", leastRate, mostRate)};
    }

    private double[][] tablesFromFirst() throws IOException {
        final List<double[]> read = new ArrayList<>();
        final List<Long> offsets = new ArrayList<>();
        tableOffsets.put(key, offsets);
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            if (read.size() == QueueReactiveCurves.MAX_LEVELS) {
                throw corrupt("more than " + read.size() + " levels");
            }
            offsets.add(parser.currentTokenLocation().getByteOffset());
            read.add(numbers("level " + read.size() + ": ", "an array of rates by queue size", leastRate, mostRate));
            parser.nextToken();
        }
        return read.toArray(new double[0][]);
    }

    private double[] numbers(final String where, final String wanted, final double least, final double most)
            throws IOException {
        requireArray(where, wanted);
        parser.nextToken();
        return numbersFromFirst(where, least, most);
    }

    private double[] numbersFromFirst(final String where, final double least, final double most) throws IOException {
        double[] numbers = new double[16];
        int length = 0;
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            if (length == QueueReactiveCurves.MAX_TABLE_LENGTH) {
                throw corrupt(where + "more than " + length + " rates");
            }
            if (length == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * length);
            }
            final String place = where + "queue size " + length + ": ";
            final double number = number(place);
            if (!(number >= least && number <= most)) {
                throw corrupt(place + "must lie between " + least + " and " + most + ", found " + parser.getText());
            }
            numbers[length] = number;
            length++;
            parser.nextToken();
        }
        return Arrays.copyOf(numbers, length);
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
