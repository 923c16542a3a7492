package io.tapedeck.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plot as SVG text for an HTML page. Colours come from the page's style sheet, by the numbers of the series: {@code s0},
 * {@code s1} ...; {@code ref} is what theory or the literature says.
 */
final class Plot {
    /** The class of references. */
    static final String REFERENCE = "ref";

    private static final int WIDTH = 520;
    private static final int HEIGHT = 330;
    private static final int LEFT = 64;
    private static final int RIGHT = 14;
    private static final int TOP = 38;
    private static final int BOTTOM = 48;
    private static final int LEGEND_ROW = 16;
    private static final double BAR_SHARE = 0.76;

    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Layer> layers = new ArrayList<>();
    private String[] categories;

    private enum Kind {
        LINE,
        POINTS,
        BARS,
        BAND
    }

    private record Layer(Kind kind, String label, String style, double[] x, double[] y, double[] spread) {}

    Plot(final String title, final Axis x, final Axis y) {
        this.title = title;
        this.x = x;
        this.y = y;
    }

    /** Names instead of numbers below the bars at 0, 1, 2 ... */
    Plot categories(final String... names) {
        categories = names;
        x.fixed(-0.5, names.length - 0.5);
        return this;
    }

    Plot line(final String label, final String style, final double[] xs, final double[] ys) {
        return add(new Layer(Kind.LINE, label, style, xs, ys, null));
    }

    Plot points(final String label, final String style, final double[] xs, final double[] ys) {
        return add(new Layer(Kind.POINTS, label, style, xs, ys, null));
    }

    /** Points with bars of error to both sides. */
    Plot points(final String label, final String style, final double[] xs, final double[] ys, final double[] errors) {
        return add(new Layer(Kind.POINTS, label, style, xs, ys, errors));
    }

    Plot bars(final String label, final String style, final double[] xs, final double[] ys) {
        y.including(0);
        return add(new Layer(Kind.BARS, label, style, xs, ys, null));
    }

    /** The area between two curves. */
    Plot band(final String label, final double[] xs, final double[] lows, final double[] highs) {
        return add(new Layer(Kind.BAND, label, REFERENCE, xs, lows, highs));
    }

    private Plot add(final Layer layer) {
        layers.add(layer);
        for (int i = 0; i < layer.x.length; i++) {
            if (x.canShow(layer.x[i]) && y.canShow(layer.y[i])) {
                x.including(layer.x[i]);
                y.including(layer.y[i]);
            }
        }
        return this;
    }

    /** The plot as an element of a page; a note where there is nothing to draw. */
    String toSvg() {
        final StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                Html.escaped(title)));
        text(svg, "title", 4, 18, "start", title);
        x.conclude();
        y.conclude();
        if (x.isEmpty() || y.isEmpty()) {
            text(svg, "tick", WIDTH / 2.0, HEIGHT / 2.0, "middle", "too few observations");
        } else {
            frame(svg);
            final String clip = "c" + Integer.toHexString(title.hashCode());
            svg.append(String.format(
                    Locale.ROOT,
                    "<clipPath id=\"%s\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>%n",
                    clip,
                    LEFT,
                    TOP,
                    WIDTH - LEFT - RIGHT,
                    HEIGHT - TOP - BOTTOM));
            svg.append("<g clip-path=\"url(#").append(clip).append(")\">\n");
            layers.stream().filter(layer -> layer.kind == Kind.BAND).forEach(layer -> draw(svg, layer));
            layers.stream().filter(layer -> layer.kind != Kind.BAND).forEach(layer -> draw(svg, layer));
            svg.append("</g>\n");
            legend(svg);
        }
        return svg.append("</svg>\n").toString();
    }

    private void frame(final StringBuilder svg) {
        for (final double tick : y.ticks()) {
            rule(svg, "grid", LEFT, py(tick), WIDTH - RIGHT, py(tick));
            text(svg, "tick", LEFT - 6, py(tick) + 3.5, "end", y.text(tick));
        }
        if (categories != null) {
            for (int i = 0; i < categories.length; i++) {
                text(svg, "tick", px(i), HEIGHT - BOTTOM + 15, "middle", categories[i]);
            }
        } else {
            for (final double tick : x.ticks()) {
                rule(svg, "grid", px(tick), TOP, px(tick), HEIGHT - BOTTOM);
                text(svg, "tick", px(tick), HEIGHT - BOTTOM + 15, "middle", x.text(tick));
            }
        }
        rule(svg, "axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
        rule(svg, "axis", LEFT, TOP, LEFT, HEIGHT - BOTTOM);
        text(svg, "label", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", x.label());
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"label\" text-anchor=\"middle\" transform=\"translate(13 %.1f) rotate(-90)\">%s</text>%n",
                (TOP + HEIGHT - BOTTOM) / 2.0,
                Html.escaped(y.label())));
    }

    private void draw(final StringBuilder svg, final Layer layer) {
        switch (layer.kind) {
            case BAND:
                area(svg, layer);
                break;
            case LINE:
                svg.append("<polyline class=\"line ")
                        .append(layer.style)
                        .append("\" points=\"")
                        .append(path(layer.x, layer.y))
                        .append("\"/>\n");
                break;
            case BARS:
                bars(svg, layer);
                break;
            default:
                marks(svg, layer);
        }
    }

    private void area(final StringBuilder svg, final Layer layer) {
        final int n = layer.x.length;
        final double[] xs = new double[2 * n];
        final double[] ys = new double[2 * n];
        for (int i = 0; i < n; i++) {
            xs[i] = layer.x[i];
            ys[i] = layer.y[i];
            xs[2 * n - 1 - i] = layer.x[i];
            ys[2 * n - 1 - i] = layer.spread[i];
        }
        svg.append("<polygon class=\"band\" points=\"").append(path(xs, ys)).append("\"/>\n");
    }

    private void bars(final StringBuilder svg, final Layer layer) {
        final List<Layer> group =
                layers.stream().filter(each -> each.kind == Kind.BARS).toList();
        final double slot = Math.abs(px(1) - px(0)) * BAR_SHARE;
        final double width = slot / group.size();
        final double base = py(Math.max(0, y.low()));
        for (int i = 0; i < layer.x.length; i++) {
            if (Double.isFinite(layer.y[i])) {
                final double top = py(layer.y[i]);
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"bar %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%.4g</title></rect>%n",
                        layer.style,
                        px(layer.x[i]) - slot / 2 + group.indexOf(layer) * width,
                        Math.min(top, base),
                        Math.max(1, width - 1.5),
                        Math.abs(base - top),
                        layer.y[i]));
            }
        }
    }

    private void marks(final StringBuilder svg, final Layer layer) {
        for (int i = 0; i < layer.x.length; i++) {
            if (!x.canShow(layer.x[i]) || !y.canShow(layer.y[i])) {
                continue;
            }
            if (layer.spread != null) {
                final double low = layer.y[i] - layer.spread[i];
                final double high = layer.y[i] + layer.spread[i];
                svg.append(String.format(
                        Locale.ROOT,
                        "<line class=\"error %s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                        layer.style,
                        px(layer.x[i]),
                        py(y.canShow(low) ? low : y.low()),
                        px(layer.x[i]),
                        py(high)));
            }
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"mark %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%.4g, %.4g</title></circle>%n",
                    layer.style,
                    px(layer.x[i]),
                    py(layer.y[i]),
                    layer.x.length > 60 ? 2.0 : 3.2,
                    layer.x[i],
                    layer.y[i]));
        }
    }

    /** One row above the frame, from the right. */
    private void legend(final StringBuilder svg) {
        double at = LEFT;
        for (final Layer layer : layers) {
            if (layer.label == null) {
                continue;
            }
            final int row = TOP - LEGEND_ROW / 2;
            switch (layer.kind) {
                case LINE:
                    svg.append(String.format(
                            Locale.ROOT,
                            "<line class=\"line %s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                            layer.style,
                            at,
                            row,
                            at + 18,
                            row));
                    break;
                case POINTS:
                    svg.append(String.format(
                            Locale.ROOT,
                            "<circle class=\"mark %s\" cx=\"%.1f\" cy=\"%d\" r=\"3.2\"/>%n",
                            layer.style,
                            at + 9,
                            row));
                    break;
                default:
                    svg.append(String.format(
                            Locale.ROOT,
                            "<rect class=\"%s %s\" x=\"%.1f\" y=\"%d\" width=\"12\" height=\"9\"/>%n",
                            layer.kind == Kind.BAND ? "band" : "bar",
                            layer.style,
                            at + 3,
                            row - 5));
            }
            text(svg, "legend", at + 23, row + 4, "start", layer.label);
            at += 36 + 6.1 * layer.label.length();
        }
    }

    private String path(final double[] xs, final double[] ys) {
        final StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            if (x.canShow(xs[i]) && y.canShow(ys[i])) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", px(xs[i]), py(ys[i])));
            }
        }
        return points.toString();
    }

    private double px(final double value) {
        return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
    }

    /** Values far outside stay near the frame, so that no number becomes too long for a reader of SVG. */
    private double py(final double value) {
        final double position = Math.max(-1, Math.min(2, y.position(value)));
        return HEIGHT - BOTTOM - position * (HEIGHT - TOP - BOTTOM);
    }

    private static void rule(
            final StringBuilder svg,
            final String style,
            final double x1,
            final double y1,
            final double x2,
            final double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(
            final StringBuilder svg,
            final String style,
            final double atX,
            final double atY,
            final String anchor,
            final String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                style,
                atX,
                atY,
                anchor,
                Html.escaped(text)));
    }
}
