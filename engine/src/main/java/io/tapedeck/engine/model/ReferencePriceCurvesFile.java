package io.tapedeck.engine.model;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The parameters of a market around a reference price as a JSON file: that of {@link QueueReactiveCurvesFile} with
 *
 * <pre>
 *   anchor                                    "reference-price"
 *   average_event_sizes                       shares, by level
 *   theta                                     chance that the reference price follows the middle price
 *   theta_reinit                              chance that the book is redrawn when it does
 *   lambda_M_buy                              buys:  an array per level of the ask, by its queue size
 *   lambda_M_sell                             sells: an array per level of the bid, by its queue size
 * </pre>
 *
 * Levels count from the reference price. Sensitivities mean nothing here.
 */
public final class ReferencePriceCurvesFile {
    private static final String FRANCE_TELECOM = "france-telecom.json";

    private ReferencePriceCurvesFile() {}

    /**
     * Reads a file.
     *
     * @param path of the file.
     * @return the parameters.
     * @throws CorruptDataException if the file is not such JSON, a rate is none, or a queue would grow without bound or
     *                              stand still; names the byte, the level and the queue size.
     * @throws IOException          if the file cannot be read.
     */
    public static ReferencePriceParameters load(final Path path) throws IOException {
        return parse(path, CurvesReader.bytes(path));
    }

    /**
     * France Telecom as W. Huang, C.-A. Lehalle and M. Rosenbaum estimated it for their paper of 2015: curves of three
     * levels up to queues of 50, read from the figures with an error of 3 %, and their theta 0.7 and theta-reinit 0.85.
     *
     * @return new parameters.
     */
    public static ReferencePriceParameters franceTelecom() {
        try (InputStream in = ReferencePriceCurvesFile.class.getResourceAsStream(FRANCE_TELECOM)) {
            return parse(FRANCE_TELECOM, in.readAllBytes());
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static ReferencePriceParameters parse(final Object source, final byte[] json) {
        final CurvesReader reader = CurvesReader.read(source, json, 0, QueueCurves.MAX_RATE);
        reader.requireAnchor(CurvesReader.REFERENCE_PRICE);
        if (reader.levels > LadderBook.MAX_LEVELS) {
            throw reader.corruptFile("K must be " + LadderBook.MAX_LEVELS + " at most, found " + reader.levels);
        }
        final List<QueueCurves> bid = queues(reader, "bid", "lambda_L_bid", "lambda_C_bid", "lambda_M_sell");
        final List<QueueCurves> ask = queues(reader, "ask", "lambda_L_ask", "lambda_C_ask", "lambda_M_buy");
        try {
            return new ReferencePriceParameters(
                    bid,
                    ask,
                    DoubleStream.of(reader.averageEventSizes).boxed().collect(Collectors.toList()),
                    reader.theta,
                    reader.thetaReinit);
        } catch (final IllegalArgumentException ex) {
            throw reader.corruptFile(ex.getMessage());
        }
    }

    private static List<QueueCurves> queues(
            final CurvesReader reader,
            final String side,
            final String limits,
            final String cancels,
            final String markets) {
        for (final String key : List.of(limits, cancels, markets)) {
            if (reader.tables(key).length != reader.levels) {
                throw reader.corrupt(
                        key,
                        0,
                        "must have an array of rates for each of K=" + reader.levels + " levels, found "
                                + reader.tables(key).length);
            }
        }
        final List<QueueCurves> queues = new ArrayList<>();
        for (int level = 0; level < reader.levels; level++) {
            try {
                queues.add(new QueueCurves(
                        side + " level " + level,
                        reader.tables(limits)[level],
                        reader.tables(cancels)[level],
                        reader.tables(markets)[level]));
            } catch (final IllegalArgumentException ex) {
                throw reader.corrupt(limits, level, ex.getMessage());
            }
        }
        return queues;
    }
}
