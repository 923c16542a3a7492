package io.tapedeck.tools.commands;

import io.tapedeck.journal.check.TapeDiff;
import io.tapedeck.journal.tape.TapeFormat;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares what two tapes say: header fields and records, not chunks or compressed bytes. */
@Command(
        name = "diff",
        description = {
            "Compare two tapes of one format, or two runs session by session: header fields and records.",
            "Records of format 2 are the same ones by their sequence, those of format 1 by their place. How they are laid out"
                    + " in chunks does not count. Exit code 0: the same; 4: different."
        })
public final class DiffCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "A", description = "Journal, or folder of a run.")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "Journal, or folder of a run.")
    private Path b;

    @Override
    public Integer call() throws IOException {
        final Report report = new Report();
        final boolean same = isSingle(a) && isSingle(b) ? compareFiles(report) : compareRuns(report);
        report.add("same", "same", same).print(out(), json());
        return same ? ExitCode.OK : ExitCode.CHECK;
    }

    private static boolean isSingle(final Path path) throws IOException {
        return Tape.find(path).size() == 1;
    }

    private boolean compareFiles(final Report report) throws IOException {
        final TapeDiff diff = compare(Tape.findOne(a), Tape.findOne(b));
        report.add("recordsA", "records in A", diff.recordCountA())
                .add("recordsB", "records in B", diff.recordCountB())
                .add("onlyInA", "records only in A", diff.onlyInA())
                .add("onlyInB", "records only in B", diff.onlyInB())
                .add("differingRecords", "records that differ", diff.differingRecords());
        diff.headerDifferences()
                .forEach(field -> report.add(
                        "header." + field.field(),
                        field.field(),
                        List.of(field.valueA(), field.valueB()),
                        field.valueA() + " in A, " + field.valueB() + " in B"));
        if (diff.firstDifference() >= 0) {
            final Map<String, Object> fields = new LinkedHashMap<>();
            diff.firstFields().forEach(field -> fields.put(field.field(), List.of(field.valueA(), field.valueB())));
            report.add(
                            "firstDifference",
                            "first difference",
                            diff.firstDifference() + 1,
                            "at record " + (diff.firstDifference() + 1))
                    .add(
                            "firstFields",
                            "  differs in",
                            fields,
                            diff.firstFields().isEmpty() ? "one tape has no such record" : text(diff.firstFields()))
                    .add("firstRecordA", "  in A", diff.firstRecordA(), orEnd(diff.firstRecordA()))
                    .add("firstRecordB", "  in B", diff.firstRecordB(), orEnd(diff.firstRecordB()));
        }
        return diff.same();
    }

    private boolean compareRuns(final Report report) throws IOException {
        final Map<String, Tape> tapesA = byName(a);
        final Map<String, Tape> tapesB = byName(b);
        final List<Map<String, Object>> different = new ArrayList<>();
        int compared = 0;
        for (final Tape tape : tapesA.values()) {
            final Tape other = tapesB.remove(tape.name());
            if (other == null) {
                different.add(difference(report, tape.name(), "only in A"));
                continue;
            }
            compared++;
            final TapeDiff diff = compare(tape, other);
            if (!diff.same()) {
                different.add(difference(report, tape.name(), summary(diff)));
            }
        }
        for (final String name : tapesB.keySet()) {
            different.add(difference(report, name, "only in B"));
        }
        report.add("sessionsCompared", "sessions compared", compared).addHidden("differences", different);
        return different.isEmpty();
    }

    private static TapeDiff compare(final Tape tapeA, final Tape tapeB) throws IOException {
        final TapeFormat format = tapeA.requireJournal();
        if (tapeB.requireJournal() != format) {
            throw new IllegalArgumentException(tapeA.file() + " and " + tapeB.file()
                    + " are journals of different formats; import the one of format 1 first, or export both");
        }
        return format.compare(tapeA.file(), tapeB.file());
    }

    private static Map<String, Tape> byName(final Path path) throws IOException {
        return Tape.find(path).stream()
                .collect(Collectors.toMap(Tape::name, Function.identity(), (x, y) -> x, LinkedHashMap::new));
    }

    private static Map<String, Object> difference(final Report report, final String session, final String what) {
        report.line("  " + session + ": " + what);
        return Map.of("session", session, "difference", what);
    }

    private static String text(final List<TapeDiff.FieldDifference> fields) {
        return fields.stream()
                .map(field -> field.field() + " " + field.valueA() + " in A, " + field.valueB() + " in B")
                .collect(Collectors.joining("; "));
    }

    private static String summary(final TapeDiff diff) {
        final String header = text(diff.headerDifferences());
        if (diff.firstDifference() < 0) {
            return header;
        }
        return (header.isEmpty() ? "" : header + "; ") + "records from " + (diff.firstDifference() + 1) + " on"
                + (diff.firstFields().isEmpty() ? "" : " (" + text(diff.firstFields()) + ")") + ", "
                + diff.differingRecords() + " differ (" + diff.recordCountA() + " in A, " + diff.recordCountB()
                + " in B)";
    }

    private static String orEnd(final String record) {
        return record == null ? "(none)" : record;
    }
}
