package io.tapedeck.tools.report;

import io.tapedeck.engine.facts.FactSheet;
import io.tapedeck.engine.validation.OracleReport;
import io.tapedeck.journal.manifest.Recipe;

/**
 * A tape with what was found out about it.
 *
 * @param name    as the user named it.
 * @param recipe  of the tape.
 * @param records how many it has.
 * @param oracles what the oracles say; null for a tape that no law was written for.
 * @param facts   its stylised facts.
 */
public record ValidatedTape(String name, Recipe recipe, long records, OracleReport oracles, FactSheet facts) {}
