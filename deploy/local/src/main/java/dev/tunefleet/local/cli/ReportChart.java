package dev.tunefleet.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A chart of a report as SVG: lines and points over whole numbers, on a logarithmic scale where the values span much. */
final class ReportChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 280;
    private static final int LEFT = 70;
    private static final int RIGHT = 130;
    private static final int TOP = 12;
    private static final int BOTTOM = 40;
    private static final int LINES = 4;
    private static final double MUCH = 20;
    /** Told apart by most people who are colour-blind (Okabe and Ito). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

    private final String across;
    private final List<Series> series = new ArrayList<>();

    /** @param across what the numbers from left to right are */
    ReportChart(String across) {
        this.across = across;
    }

    /**
     * Values in one colour.
     *
     * @param joined whether a line goes through them, else there are points
     */
    record Series(String name, List<double[]> points, boolean joined) {}

    /** Adds values; [at, value] each, of which those that are not finite are left out. */
    ReportChart with(String name, List<double[]> points, boolean joined) {
        List<double[]> finite =
                points.stream().filter(point -> Double.isFinite(point[1])).toList();
        series.add(new Series(name, finite, joined));
        return this;
    }

    /** Whether there is something to draw. */
    boolean drawable() {
        return series.stream().anyMatch(each -> !each.points().isEmpty());
    }

    String svg() {
        double low = all(1).min().orElseThrow();
        double high = highest();
        boolean log = low > 0 && high / low > MUCH;
        var scale = new Scale(all(0).min().orElseThrow(), all(0).max().orElseThrow(), low, high, log);
        var svg = new StringBuilder();
        append(svg, "<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT);
        for (int i = 0; i <= LINES; i++) {
            double y = TOP + (HEIGHT - TOP - BOTTOM) * (double) i / LINES;
            append(
                    svg,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT,
                    WIDTH - RIGHT,
                    y,
                    y);
            append(
                    svg,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 8,
                    y + 4,
                    Numbers.error(scale.valueAt(y)));
        }
        append(svg, "<text x=\"%d\" y=\"%d\">%.0f</text>", LEFT, HEIGHT - 20, scale.first());
        append(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f</text>",
                WIDTH - RIGHT,
                HEIGHT - 20,
                scale.last());
        append(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 20,
                across);
        for (int i = 0; i < series.size(); i++) {
            draw(svg, series.get(i), scale, COLOURS.get(i % COLOURS.size()), i);
        }
        return svg.append("</svg>").toString();
    }

    private static void draw(StringBuilder svg, Series one, Scale scale, String colour, int place) {
        if (one.joined()) {
            append(svg, "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"%s\" points=\"", colour);
            one.points().forEach(point -> append(svg, "%.1f,%.1f ", scale.x(point[0]), scale.y(point[1])));
            svg.append("\"/>");
        } else {
            one.points()
                    .forEach(point -> append(
                            svg,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\" fill-opacity=\"0.7\"/>",
                            scale.x(point[0]),
                            scale.y(point[1]),
                            colour));
        }
        int y = TOP + 12 + 20 * place;
        append(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>",
                WIDTH - RIGHT + 12,
                y - 6,
                colour);
        append(svg, "<text x=\"%d\" y=\"%d\">%s</text>", WIDTH - RIGHT + 32, y, one.name());
    }

    /** What is far worse than the rest is drawn at the edge, so that the rest can be seen. */
    private double highest() {
        double[] sorted = all(1).sorted().toArray();
        double median = sorted[sorted.length / 2];
        double most = sorted[sorted.length - 1];
        return median > 0 && most > MUCH * MUCH * median ? MUCH * MUCH * median : most;
    }

    private DoubleStream all(int coordinate) {
        return series.stream().flatMap(each -> each.points().stream()).mapToDouble(point -> point[coordinate]);
    }

    private static void append(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    /** From numbers to places in the picture. */
    private record Scale(double first, double last, double low, double high, boolean log) {

        double x(double at) {
            double share = last == first ? 0.5 : (at - first) / (last - first);
            return LEFT + share * (WIDTH - LEFT - RIGHT);
        }

        double y(double value) {
            double share = high == low ? 0.5 : (of(Math.min(value, high)) - of(low)) / (of(high) - of(low));
            return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
        }

        double valueAt(double y) {
            double share = (HEIGHT - BOTTOM - y) / (HEIGHT - TOP - BOTTOM);
            double value = of(low) + share * (of(high) - of(low));
            return log ? Math.exp(value) : value;
        }

        private double of(double value) {
            return log ? Math.log(value) : value;
        }
    }
}
