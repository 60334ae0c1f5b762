package dev.tunefleet.local.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import dev.tunefleet.local.simulation.Reading;

/** Three charts over the number of slots, as SVG: what is folded, how long slots wait, what it costs. */
final class SimulationPicture {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 220;
    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int GAP = 90;
    private static final int LINES = 4;
    /** The first line is broad, so that it is seen where the second one lies upon it. */
    private static final Pen[] PENS = {new Pen("#8fc1d4", 5), new Pen("#a8432d", 2)};

    private final List<Reading> readings;
    private final StringBuilder svg = new StringBuilder();

    /** @param readings at least one, drawn from left to right in their order */
    SimulationPicture(List<Reading> readings) {
        this.readings = List.copyOf(readings);
    }

    private record Line(String name, ToDoubleFunction<Reading> value) {}

    /** @param width in pixels */
    private record Pen(String colour, double width) {}

    String svg() {
        int width = 3 * WIDTH + 3 * GAP;
        int height = HEIGHT + TOP + 76;
        svg.setLength(0);
        append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\"",
                width, height);
        append(" font-size=\"12\"><rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n");
        chart(
                0,
                "Events per second",
                List.of(new Line("sent", Reading::sentPerSecond), new Line("folded", Reading::foldedPerSecond)));
        chart(
                1,
                "Slot idle between two trials, ms",
                List.of(new Line("p50", Reading::idleMedian), new Line("p99", Reading::idleSlowest)));
        chart(
                2,
                "Processors used",
                List.of(new Line("coordinator", Reading::coordinatorCores), new Line("broker", Reading::brokerCores)));
        append("</svg>\n");
        return svg.toString();
    }

    private void chart(int place, String title, List<Line> lines) {
        int left = LEFT + place * (WIDTH + GAP);
        double top = lines.stream()
                .flatMapToDouble(line -> readings.stream().mapToDouble(line.value()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double step = round(top / LINES);
        append("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>\n", left, TOP - 16, title);
        for (int i = 0; i <= LINES; i++) {
            double y = y(i * step, step);
            append("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>", left, left + WIDTH, y, y);
            append("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", left - 6, y + 4, label(i * step));
        }
        for (int i = 0; i < readings.size(); i++) {
            append(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>\n",
                    x(left, i), TOP + HEIGHT + 18, readings.get(i).slots());
        }
        append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">slots</text>\n", left + WIDTH / 2, TOP + HEIGHT + 36);
        for (int i = 0; i < lines.size(); i++) {
            line(left, lines.get(i), step, PENS[i]);
            int x = left + i * WIDTH / 2;
            append(
                    "<rect x=\"%d\" y=\"%.1f\" width=\"14\" height=\"%.1f\" fill=\"%s\"/>",
                    x, TOP + HEIGHT + 54 - PENS[i].width() / 2, PENS[i].width(), PENS[i].colour());
            append(
                    "<text x=\"%d\" y=\"%d\">%s</text>\n",
                    x + 20, TOP + HEIGHT + 58, lines.get(i).name());
        }
    }

    private void line(int left, Line line, double step, Pen pen) {
        append(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\" stroke-linejoin=\"round\" points=\"",
                pen.colour(), pen.width());
        for (int i = 0; i < readings.size(); i++) {
            double value = line.value().applyAsDouble(readings.get(i));
            if (Double.isFinite(value)) {
                append("%.1f,%.1f ", x(left, i), y(value, step));
            }
        }
        append("\"/>\n");
        for (int i = 0; i < readings.size(); i++) {
            double value = line.value().applyAsDouble(readings.get(i));
            if (Double.isFinite(value)) {
                append(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>\n",
                        x(left, i), y(value, step), 2 + pen.width(), pen.colour());
            }
        }
    }

    private double x(int left, int index) {
        return left + (index + 0.5) * WIDTH / readings.size();
    }

    private static double y(double value, double step) {
        return TOP + HEIGHT * (1 - value / (step * LINES));
    }

    /** The next number of the kind 1, 2, 2.5 or 5 times a power of ten. */
    private static double round(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= value) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String label(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private void append(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
