package io.tapedeck.engine.run;

import io.tapedeck.journal.format2.Compression;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.RunPlan;
import java.nio.file.Path;

/**
 * Goes on with a run that was cut off: the days that its manifest has stay as they are, the day that was being written is
 * made again from its opening and compared with what is on its tapes, and the run ends as if nothing had happened.
 */
public final class Resumption {
    private Resumption() {}

    /**
     * Whether all days that the run was asked for are done.
     *
     * @param manifest of the run.
     * @return false for a run that has no end of its own.
     * @throws IllegalArgumentException if the manifest does not say how many were asked for.
     */
    public static boolean isComplete(final DataSetManifest manifest) {
        final RunPlan plan = plan(manifest);
        return plan.days() > 0 && manifest.days().size() >= plan.days();
    }

    /**
     * What to do to go on with a run.
     *
     * @param folder   of the run.
     * @param manifest of the run.
     * @return a context to which may be added what changes no byte of the tapes.
     * @throws IllegalArgumentException if the manifest has no plan, or another version of this program made it; says what to
     *                                  do instead.
     */
    public static TapeRun.Context of(final Path folder, final DataSetManifest manifest) {
        final RunPlan plan = plan(manifest);
        final TapeRun.Context context = Regeneration.sameRecords(manifest);
        requireSameProgram(manifest.recipe(), RunRecipe.of(context.parameters(), RunRecipe.seed(manifest.recipe())));
        return context.outputDirectory(folder)
                .startDate(plan.startDate())
                .days(plan.days())
                .chunkCapacity(plan.chunkCapacity())
                .compression(Compression.parse(plan.compression()))
                .resume(manifest);
    }

    private static RunPlan plan(final DataSetManifest manifest) {
        if (manifest.plan() == null) {
            throw new IllegalArgumentException("the manifest has no plan, so how many days were asked for is not known;"
                    + " it is of imported data or of an older run. Simulated days can be made again in another folder with"
                    + " run --from");
        }
        return manifest.plan();
    }

    private static void requireSameProgram(final Recipe recipe, final Recipe own) {
        if (!recipe.equals(own)) {
            throw new IllegalArgumentException("the run was made by version " + recipe.generatorVersion()
                    + " and this is version " + own.generatorVersion()
                    + ", which may make other records. Resume it with the version that began it, or make it anew with"
                    + " run --from");
        }
    }
}
