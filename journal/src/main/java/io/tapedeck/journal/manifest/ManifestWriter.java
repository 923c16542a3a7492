package io.tapedeck.journal.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** The text of metadata and of manifests of version 2.0: ASCII, indented, keys always in the same order. */
final class ManifestWriter implements AutoCloseable {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;

    private ManifestWriter() throws IOException {
        json = FACTORY.createGenerator(text);
        json.setPrettyPrinter(new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(INDENTER)
                .withArrayIndenter(INDENTER));
    }

    static String of(final SessionMetadata metadata) {
        try (ManifestWriter writer = new ManifestWriter()) {
            writer.write(metadata);
            return writer.finish();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static String of(final DataSetManifest manifest) {
        try (ManifestWriter writer = new ManifestWriter()) {
            writer.write(manifest);
            return writer.finish();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private String finish() throws IOException {
        json.close();
        return text.append('\n').toString();
    }

    private void write(final SessionMetadata metadata) throws IOException {
        json.writeStartObject();
        json.writeStringField("session_date", metadata.sessionDate().toString());
        json.writeStringField("zone", metadata.zone().getId());
        json.writeNumberField("unit", metadata.unit());
        json.writeStringField("session_name", metadata.sessionName());
        write(metadata.recipe());
        write(metadata.instruments());
        json.writeEndObject();
    }

    private void write(final DataSetManifest manifest) throws IOException {
        json.writeStartObject();
        json.writeStringField("format_version", DataSetManifest.FORMAT_VERSION);
        json.writeStringField("zone", manifest.zone().getId());
        write(manifest.recipe());
        json.writeArrayFieldStart("units");
        for (final DataSetManifest.Unit unit : manifest.units()) {
            json.writeStartObject();
            json.writeNumberField("number", unit.number());
            write(unit.instruments());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (manifest.plan() != null) {
            write(manifest.plan());
        }
        json.writeArrayFieldStart("days");
        for (final DataSetManifest.Day day : manifest.days()) {
            write(day);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(final RunPlan plan) throws IOException {
        json.writeObjectFieldStart("plan");
        json.writeStringField("start_date", plan.startDate().toString());
        json.writeNumberField("days", plan.days());
        json.writeNumberField("chunk_capacity", plan.chunkCapacity());
        json.writeStringField("compression", plan.compression());
        json.writeArrayFieldStart("opening_prices_ticks");
        for (final int priceTicks : plan.openingPricesTicks()) {
            json.writeNumber(priceTicks);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(final DataSetManifest.Day day) throws IOException {
        json.writeStartObject();
        json.writeStringField("date", day.date().toString());
        json.writeArrayFieldStart("files");
        for (final DataSetManifest.DayFile file : day.files()) {
            json.writeStartObject();
            json.writeNumberField("unit", file.unit());
            json.writeStringField("file", file.file());
            json.writeStringField("session_name", file.sessionName());
            json.writeNumberField("records", file.recordCount());
            json.writeNumberField("bytes", file.lengthBytes());
            json.writeStringField("content_hash", file.contentHash());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(final Recipe recipe) throws IOException {
        json.writeObjectFieldStart("recipe");
        json.writeStringField("generator", recipe.generator());
        json.writeStringField("generator_version", recipe.generatorVersion());
        json.writeStringField("model", recipe.model());
        writeParameters(recipe.parameters());
        json.writeObjectFieldStart("seeds");
        for (final Map.Entry<String, Long> seed : recipe.seeds().entrySet()) {
            json.writeFieldName(seed.getKey());
            json.writeNumber(new BigInteger(Long.toUnsignedString(seed.getValue())));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(final List<Instrument> instruments) throws IOException {
        json.writeArrayFieldStart("instruments");
        for (final Instrument instrument : instruments) {
            json.writeStartObject();
            json.writeNumberField("id", instrument.id());
            json.writeStringField("symbol", instrument.symbol());
            json.writeNumberField("tick_size", instrument.tickSize());
            writeParameters(instrument.parameters());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeParameters(final Map<String, String> parameters) throws IOException {
        json.writeObjectFieldStart("parameters");
        for (final Map.Entry<String, String> parameter : parameters.entrySet()) {
            json.writeStringField(parameter.getKey(), parameter.getValue());
        }
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
