package io.tapedeck.tools.commands;

import io.tapedeck.engine.facts.Fact;
import io.tapedeck.engine.validation.OracleReport;
import io.tapedeck.engine.validation.OracleResult;
import io.tapedeck.engine.validation.Verdict;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.CheckFailedException;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.report.FactText;
import io.tapedeck.tools.report.ValidatedTape;
import io.tapedeck.tools.report.ValidationPage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a tape against the law that its recipe names, and measures the stylised facts of any tape. */
@Command(
        name = "validate",
        description = {
            "Statistical report of a journal. A simulated one is held against its law: the model, the numbers and the seeds of",
            "its recipe. The stylised facts of any tape, real or simulated, are shown beside what has been published."
        })
public final class ValidateCommand extends BaseCommand {
    private static final int TITLE_WIDTH = 66;

    @Parameters(paramLabel = "PATH", description = "Journal, or folder of a run.")
    private Path path;

    @Option(
            names = "--repeat",
            paramLabel = "PATH",
            description =
                    "Run of the same recipe with another seed and four times the days: decides what is doubtful in the first.")
    private Path repeatPath;

    @Option(
            names = "--beside",
            paramLabel = "PATH",
            description = "Journal or folder of a run whose stylised facts are shown beside those of the first.")
    private Path besidePath;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            description = "Instrument whose stylised facts are measured (default: the one with the most records).")
    private String symbol;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report with its plots as one HTML page.")
    private Path htmlFile;

    @Option(names = "--force", description = "Overwrite files that are there.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        final List<ValidatedTape> tapes = new ArrayList<>();
        try (Progress progress = Progress.start(messages(), "validating", "events")) {
            tapes.add(decided(new TapeValidation(path, symbol).run(progress), progress));
            if (besidePath != null) {
                tapes.add(new TapeValidation(besidePath, null).run(progress));
            }
        }
        if (htmlFile != null) {
            write(ValidationPage.of(tapes));
        }
        describe(tapes).print(out(), json());
        requireLawful(tapes.get(0));
        return ExitCode.OK;
    }

    private ValidatedTape decided(final ValidatedTape tape, final Progress progress) throws IOException {
        if (repeatPath == null) {
            return tape;
        }
        if (tape.oracles() == null) {
            throw usage("--repeat is for simulated tapes; " + path + " was made by "
                    + tape.recipe().generator());
        }
        final ValidatedTape repeat = new TapeValidation(repeatPath, null).run(progress);
        if (!repeat.recipe().model().equals(tape.recipe().model())
                || !repeat.recipe().parameters().equals(tape.recipe().parameters())
                || repeat.recipe().seeds().equals(tape.recipe().seeds())) {
            throw usage("--repeat needs a run of the same model and parameters with another seed: " + repeatPath);
        }
        return new ValidatedTape(
                tape.name(), tape.recipe(), tape.records(), tape.oracles().decidedBy(repeat.oracles()), tape.facts());
    }

    private void write(final String page) throws IOException {
        try (WritableByteChannel out = TextOutput.open(htmlFile, force)) {
            final ByteBuffer bytes = ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    private Report describe(final List<ValidatedTape> tapes) {
        final ValidatedTape tape = tapes.get(0);
        final Report report = new Report()
                .add("path", "tape", tape.name())
                .add("model", "model", tape.recipe().model())
                .add("records", "records", tape.records())
                .add("sessions", "sessions", tape.facts().sessions());
        if (tape.oracles() == null) {
            report.addHidden("oracles", List.of())
                    .line("")
                    .line("No oracles: the records are not of a model whose law is known.");
        } else {
            addOracles(report, tape.oracles());
        }
        addFacts(report, tapes);
        if (htmlFile != null && !TextOutput.isStandardOutput(htmlFile)) {
            report.line("").add("html", "report", htmlFile.toString());
        }
        return report;
    }

    private static void addOracles(final Report report, final OracleReport oracles) {
        final List<Map<String, Object>> values = new ArrayList<>();
        report.line("")
                .line(String.format(
                        Locale.ROOT, "%-" + TITLE_WIDTH + "s %-15s %-19s %s", "oracle", "verdict", "statistic", "p"));
        for (final OracleResult result : oracles.results()) {
            final Map<String, Object> value = new LinkedHashMap<>();
            value.put("name", result.name());
            value.put("verdict", result.verdict().toString());
            value.put("observations", result.observations());
            value.put("pValue", Double.isNaN(result.pValue()) ? null : result.pValue());
            value.put("statistic", result.statistic());
            value.put("detail", result.detail());
            values.add(value);
            report.line(String.format(
                    Locale.ROOT,
                    "%-" + TITLE_WIDTH + "s %-15s %-19s %s",
                    result.title(),
                    result.verdict().toString().toLowerCase(Locale.ROOT).replace('_', ' '),
                    result.statistic(),
                    Double.isNaN(result.pValue()) ? "" : String.format(Locale.ROOT, "%.2g", result.pValue())));
            if (result.verdict() != Verdict.HOLDS) {
                report.line("    " + result.detail());
            }
        }
        report.addHidden("oracles", values);
        if (oracles.has(Verdict.DOUBTFUL)) {
            report.line(
                    "Doubtful is less than once in a thousand. To decide, make a run with another seed and four times the"
                            + " days, and name it with --repeat.");
        }
    }

    private static void addFacts(final Report report, final List<ValidatedTape> tapes) {
        final List<Map<String, Object>> values = new ArrayList<>();
        report.line("")
                .line(factRow(
                        "stylised fact",
                        tapes.stream().map(tape -> tape.facts().symbol()).toList(),
                        "published"));
        for (final Fact fact : tapes.get(0).facts().facts()) {
            final List<Fact> row =
                    tapes.stream().map(tape -> tape.facts().fact(fact.name())).toList();
            report.line(factRow(
                    fact.title(), row.stream().map(ValidateCommand::cell).toList(), FactText.band(fact.band())));
            final Map<String, Object> value = new LinkedHashMap<>();
            value.put("name", fact.name());
            value.put("value", Double.isFinite(fact.value()) ? fact.value() : null);
            if (row.size() > 1) {
                value.put(
                        "beside",
                        Double.isFinite(row.get(1).value()) ? row.get(1).value() : null);
            }
            value.put("unit", fact.unit());
            value.put("standing", FactText.standing(fact));
            value.put("published", FactText.band(fact.band()));
            value.put("source", fact.band().source());
            values.add(value);
        }
        report.addHidden("factsOf", tapes.get(0).facts().symbol()).addHidden("facts", values);
    }

    private static String factRow(final String title, final List<String> cells, final String published) {
        return String.format(Locale.ROOT, "%-" + TITLE_WIDTH + "s", title)
                + cells.stream()
                        .map(cell -> String.format(Locale.ROOT, " %-26s", cell))
                        .collect(Collectors.joining())
                + " " + published;
    }

    private static String cell(final Fact fact) {
        final String standing = FactText.standing(fact);
        return FactText.value(fact) + (standing.equals("none") ? "" : " (" + standing + ")");
    }

    private void requireLawful(final ValidatedTape tape) {
        if (tape.oracles() != null && tape.oracles().has(Verdict.FAILS)) {
            throw new CheckFailedException(path + " does not follow the law of its recipe: "
                    + tape.oracles().results().stream()
                            .filter(result -> result.verdict() == Verdict.FAILS)
                            .map(result -> result.name() + " (" + result.statistic() + ")")
                            .collect(Collectors.joining(", ")));
        }
    }
}
