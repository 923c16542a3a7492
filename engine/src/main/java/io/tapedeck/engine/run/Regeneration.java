package io.tapedeck.engine.run;

import io.tapedeck.engine.model.ParameterTexts;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Instrument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a run again from what its manifest says, and tells whether the same records came of it. */
public final class Regeneration {
    private Regeneration() {}

    /**
     * What to do to make a run again: the same parameters, seed, securities, units and days.
     *
     * @param original the run's manifest; its days that are done are made again.
     * @return a context that lacks its folder only; whatever changes no record may be set as well.
     * @throws IllegalArgumentException if the run was not simulated, no day of it is done, or the recipe is not one that this
     *                                  program can follow; says why.
     */
    public static TapeRun.Context of(final DataSetManifest original) {
        final TapeRun.Context context = sameRecords(original);
        if (original.days().isEmpty()) {
            throw new IllegalArgumentException("no day of the run is done, so there is nothing to make again");
        }
        return context.startDate(original.days().get(0).date())
                .days(original.days().size());
    }

    /** Whatever decides the records of a day; which days is left to the caller. */
    static TapeRun.Context sameRecords(final DataSetManifest original) {
        final SessionParameters parameters = RunRecipe.parameters(original.recipe());
        final List<RunSecurity> securities = new ArrayList<>();
        for (final Instrument instrument : instruments(original)) {
            securities.add(new RunSecurity(
                    instrument.symbol(), new ParameterTexts(instrument.parameters()).integer("p0_ticks")));
        }
        return new TapeRun.Context()
                .parameters(parameters.toBuilder()
                        .tickSize(original.units().get(0).instruments().get(0).tickSize())
                        .build())
                .seed(RunRecipe.seed(original.recipe()))
                .securities(securities)
                .units(original.units().size());
    }

    /**
     * In what a run differs from the one that it was made from.
     *
     * @param original manifest of the first run.
     * @param again    what became of the second.
     * @return a line for each tape whose records are others; none if the content is the same. A day of the first run that was
     *     stopped differs from that day made again, which goes on to its end.
     */
    public static List<String> differences(final DataSetManifest original, final TapeRunSummary again) {
        final List<DataSetManifest.DayFile> before = new ArrayList<>();
        original.days().forEach(day -> before.addAll(day.files()));
        final List<String> differences = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            final DataSetManifest.DayFile file = before.get(i);
            if (i >= again.days().size()) {
                differences.add(file.file() + " was not made again");
                continue;
            }
            final DataSetManifest.DayFile now = again.days().get(i).entry();
            if (!now.contentHash().equals(file.contentHash())) {
                differences.add(file.file() + " had " + file.recordCount() + " records with content hash "
                        + file.contentHash() + ", and now has " + now.recordCount() + " with " + now.contentHash());
            }
        }
        return differences;
    }

    /** All instruments by id; their ids and units must be those that a run deals out. */
    private static List<Instrument> instruments(final DataSetManifest original) {
        final List<Instrument> instruments = new ArrayList<>();
        original.units().forEach(unit -> instruments.addAll(unit.instruments()));
        instruments.sort(Comparator.comparing(Instrument::id));
        for (int i = 0; i < instruments.size(); i++) {
            final DataSetManifest.Unit unit =
                    original.units().get(i % original.units().size());
            if (instruments.get(i).id() != i + 1 || !unit.instruments().contains(instruments.get(i))) {
                throw new IllegalArgumentException("instrument "
                        + instruments.get(i).id() + ", " + instruments.get(i).symbol()
                        + ", is not where a run would have put it; the manifest was edited");
            }
        }
        return instruments;
    }
}
