package io.tapedeck.tools.report;

import io.tapedeck.engine.facts.Fact;
import io.tapedeck.engine.validation.OracleReport;
import io.tapedeck.engine.validation.OracleResult;
import io.tapedeck.engine.validation.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of {@code validate} as one HTML page that can be read, mailed and printed. */
public final class ValidationPage {
    private static final String TEMPLATE = "validation.html";
    private static final int MAX_PARAMETER_LENGTH = 160;

    private final List<ValidatedTape> tapes;
    private final StringBuilder body = new StringBuilder();

    private ValidationPage(final List<ValidatedTape> tapes) {
        this.tapes = tapes;
    }

    /**
     * Writes the page.
     *
     * @param tapes the one that was validated, and maybe one to show beside it.
     * @return the text of the HTML file.
     * @throws IOException if the program's own template cannot be read.
     */
    public static String of(final List<ValidatedTape> tapes) throws IOException {
        final String body = new ValidationPage(tapes).body();
        return template()
                .replace("{{title}}", Html.escaped(title(tapes.get(0))))
                .replace("{{body}}", body);
    }

    private static String title(final ValidatedTape tape) {
        return "Validation of " + tape.name();
    }

    private static String template() throws IOException {
        try (InputStream in = ValidationPage.class.getResourceAsStream(TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String body() {
        final ValidatedTape tape = tapes.get(0);
        body.append("<h1>").append(Html.escaped(title(tape))).append("</h1>\n<p class=\"lead\">");
        tapes.forEach(each -> body.append(Html.escaped(describe(each))).append("<br>\n"));
        body.append("</p>\n");
        if (tape.oracles() != null) {
            oracles(tape);
        }
        facts();
        recipes();
        return body.toString();
    }

    private static String describe(final ValidatedTape tape) {
        return String.format(
                Locale.ROOT,
                "%s: %s %s, model %s; %,d records, %d session%s; facts of %s over %,.0f s",
                tape.name(),
                tape.recipe().generator(),
                tape.recipe().generatorVersion(),
                tape.recipe().model(),
                tape.records(),
                tape.facts().sessions(),
                tape.facts().sessions() == 1 ? "" : "s",
                tape.facts().symbol(),
                tape.facts().seconds());
    }

    private void oracles(final ValidatedTape tape) {
        body.append(
                "<h2>Oracles: does the tape follow its law?</h2>\n<p>Book, window and events are read off the records, rates"
                        + " are computed from the numbers of the recipe. Every statistic has a known law if the tape is honest; p is the"
                        + " chance that an honest tape is at least so far off.</p>\n");
        body.append("<p>").append(summary(tape.oracles())).append("</p>\n");
        body.append("<table><thead><tr><th>Oracle</th><th>Verdict</th><th class=\"n\">Observations</th>"
                + "<th class=\"n\">Statistic</th><th class=\"n\">p</th><th>Detail</th></tr></thead><tbody>\n");
        for (final OracleResult result : tape.oracles().results()) {
            final boolean isJudged = !Double.isNaN(result.pValue());
            body.append("<tr><td>")
                    .append(Html.escaped(result.title()))
                    .append("</td><td class=\"")
                    .append(result.verdict())
                    .append("\">")
                    .append(word(result.verdict()))
                    .append("</td><td class=\"n\">")
                    .append(isJudged ? String.format(Locale.ROOT, "%,d", result.observations()) : "")
                    .append("</td><td class=\"n\">")
                    .append(Html.escaped(result.statistic()))
                    .append("</td><td class=\"n\">")
                    .append(isJudged ? probability(result.pValue()) : "")
                    .append("</td><td class=\"soft\">")
                    .append(Html.escaped(result.detail()))
                    .append("</td></tr>\n");
        }
        body.append("</tbody></table>\n");
        body.append(String.format(
                Locale.ROOT,
                "<p class=\"note\">p below %.0e fails; below %.0e it is doubtful: the statistic of a run with another seed and four"
                        + " times the days decides (<code>--repeat</code>).</p>%n",
                Verdict.FAILS_BELOW,
                Verdict.DOUBTFUL_BELOW));
        body.append("<div class=\"plots\">\n");
        figure(OraclePlots.waitingTimes(tape.oracles()), "The total rate integrated over each gap, against Exp(1).");
        figure(
                OraclePlots.cellScores(tape.oracles()),
                "One point for each kind of event, level and queue size. On the line the counts vary as they should.");
        figure(OraclePlots.rateRatios(tape.oracles()), "With 95 % intervals.");
        figure(
                OraclePlots.fillChances(tape.oracles()),
                "With 95 % intervals. Orders are followed until they are filled, cancelled, or their queue is not the best"
                        + " one any more.");
        figure(
                OraclePlots.cancelRanks(tape.oracles()),
                "Every order of a queue is as likely to be cancelled as any other.");
        figure(OraclePlots.lifetimes(tape.oracles()), "Product-limit estimate; lives that end otherwise are censored.");
        body.append("</div>\n");
    }

    private static String summary(final OracleReport oracles) {
        final Map<Verdict, Long> counts = oracles.results().stream()
                .collect(Collectors.groupingBy(
                        OracleResult::verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "<span class=\"%s\">%d %s</span>",
                        entry.getKey(),
                        entry.getValue(),
                        word(entry.getKey())))
                .collect(Collectors.joining(", "));
    }

    private void facts() {
        body.append(
                "<h2>Stylised facts: is it like a market?</h2>\n<p>This describes and gates nothing: a model may leave a fact"
                        + " out on purpose. Bands are what has been published for real markets.</p>\n");
        body.append("<table><thead><tr><th>Fact</th>");
        tapes.forEach(tape -> body.append("<th class=\"n\">")
                .append(Html.escaped(tape.facts().symbol()))
                .append("</th><th></th>"));
        body.append("<th class=\"n\">Published</th><th>Source</th></tr></thead><tbody>\n");
        for (final Fact fact : tapes.get(0).facts().facts()) {
            body.append("<tr><td>").append(Html.escaped(fact.title())).append("</td>");
            for (final ValidatedTape tape : tapes) {
                // Bands may hang on the tape, for example on its noise.
                final Fact own = tape.facts().fact(fact.name());
                body.append("<td class=\"n\">")
                        .append(Html.escaped(FactText.value(own)))
                        .append("</td>");
                body.append("<td class=\"")
                        .append(FactText.standing(own))
                        .append("\">")
                        .append(FactText.standing(own).equals("none") ? "" : FactText.standing(own))
                        .append("</td>");
            }
            body.append("<td class=\"n\">")
                    .append(Html.escaped(FactText.band(fact.band())))
                    .append("</td><td class=\"soft\">")
                    .append(Html.escaped(fact.band().source()))
                    .append("</td></tr>\n");
        }
        body.append("</tbody></table>\n<div class=\"plots\">\n");
        final FactPlots plots = new FactPlots(tapes);
        figure(plots.signature(), "Falling: what moves the price at once is partly taken back. Flat: a random walk.");
        figure(
                plots.memory(),
                "Returns of markets are not correlated beyond some ticks; their absolute values are, for long.");
        figure(plots.tails(1), "A normal law bends down; tails of markets fall like a power of about 3.");
        figure(plots.tails(10), "Tails become lighter with the horizon.");
        figure(plots.kurtosis(), "0 is the normal law, to which sums tend.");
        figure(plots.spread(), "");
        figure(plots.depth(), "");
        figure(plots.depthShares(), "");
        figure(
                plots.waits(),
                "Of an arrival in clusters there are more short and more long waits than in the exponential law of the same rate.");
        figure(plots.mix(), "");
        figure(plots.signs(), "Buys follow buys for hundreds of trades in real markets.");
        figure(plots.sizes(), "");
        body.append("</div>\n");
    }

    private void figure(final String svg, final String caption) {
        body.append("<figure>\n").append(svg);
        if (!caption.isEmpty()) {
            body.append("<figcaption>").append(Html.escaped(caption)).append("</figcaption>\n");
        }
        body.append("</figure>\n");
    }

    private void recipes() {
        body.append("<h2>Recipe</h2>\n");
        for (final ValidatedTape tape : tapes) {
            body.append("<details><summary>").append(Html.escaped(tape.name())).append("</summary>\n<table><tbody>\n");
            tape.recipe().seeds().forEach((name, seed) -> row("seed " + name, Long.toUnsignedString(seed)));
            for (final Map.Entry<String, String> entry :
                    tape.recipe().parameters().entrySet()) {
                final String text = entry.getValue();
                row(
                        entry.getKey(),
                        text.length() > MAX_PARAMETER_LENGTH ? text.substring(0, MAX_PARAMETER_LENGTH) + " ..." : text);
            }
            body.append("</tbody></table></details>\n");
        }
    }

    private void row(final String name, final String text) {
        body.append("<tr><td><code>")
                .append(Html.escaped(name))
                .append("</code></td><td><code>")
                .append(Html.escaped(text))
                .append("</code></td></tr>\n");
    }

    private static String word(final Verdict verdict) {
        return verdict.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String probability(final double pValue) {
        return String.format(Locale.ROOT, pValue >= 1e-3 || pValue == 0 ? "%.3f" : "%.1e", pValue);
    }
}
