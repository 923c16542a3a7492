package io.tapedeck.engine.session;

import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.QueueReactiveCurvesFile;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A known stream of the reference model: a row of {@code reference-streams.csv}, its parameters and what is known of its
 * events. Rows with a file name are streams that the reference program wrote.
 */
final class ReferenceStream {
    private final Map<String, String> columns;

    private ReferenceStream(final Map<String, String> columns) {
        this.columns = columns;
    }

    static Stream<ReferenceStream> all() {
        try (InputStream in = ReferenceStream.class.getResourceAsStream("reference-streams.csv")) {
            final List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            final String[] names = lines.get(0).split(",");
            final List<ReferenceStream> streams = new ArrayList<>();
            for (final String line : lines.subList(1, lines.size())) {
                final String[] values = line.split(",", -1);
                final Map<String, String> columns = new HashMap<>();
                for (int i = 0; i < names.length; i++) {
                    columns.put(names[i], values[i]);
                }
                streams.add(new ReferenceStream(columns));
            }
            return streams.stream();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static Stream<ReferenceStream> ofTheReferenceProgram() {
        return all().filter(stream -> !stream.file().isEmpty());
    }

    /** Path of the file that the reference program wrote, below its folder; empty if there is none. */
    String file() {
        return columns.get("file");
    }

    long seed() {
        return Long.parseUnsignedLong(columns.get("seed"));
    }

    long eventCount() {
        return Long.parseLong(columns.get("events"));
    }

    long moveCount() {
        return Long.parseLong(columns.get("moves"));
    }

    int closePriceTicks() {
        return integer("close");
    }

    String sha256() {
        return columns.get("sha256");
    }

    /** The parameters; skips the test if they are a file of the reference folder that is absent. */
    SessionParameters parameters() {
        return new SessionParameters(
                model(),
                integer("p0"),
                100,
                integer("levels"),
                integer("spread"),
                integer("depth"),
                integer("seconds"),
                integer("open"),
                number("g"),
                number("theta"),
                number("mean"),
                OrderSizeLaw.UNIT,
                ClockParameters.NONE,
                FactorParameters.NONE);
    }

    @Override
    public String toString() {
        return columns.get("name");
    }

    private MarketModelParameters model() {
        final String curves = columns.get("curves");
        try {
            if (curves.isEmpty()) {
                return new SimpleImbalanceParameters(
                        number("L"),
                        number("C"),
                        number("M"),
                        number("sI"),
                        number("sC"),
                        number("eps"),
                        number("sS"),
                        number("alpha"));
            }
            if (curves.startsWith("default:")) {
                return QueueReactiveCurves.defaults(Integer.parseInt(curves.substring("default:".length())));
            }
            if (curves.startsWith("reference:")) {
                return QueueReactiveCurvesFile.load(TestData.reference(curves.substring("reference:".length())));
            }
            return QueueReactiveCurvesFile.load(
                    Path.of(ReferenceStream.class.getResource(curves).toURI()));
        } catch (final IOException | URISyntaxException ex) {
            throw new IllegalStateException("curves of " + this, ex);
        }
    }

    private int integer(final String column) {
        return Integer.parseInt(columns.get(column));
    }

    private double number(final String column) {
        return Double.parseDouble(columns.get(column));
    }
}
