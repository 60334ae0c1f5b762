package dev.tunefleet.cluster;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A dashboard as a picture, laid out as in Grafana, with the data of a Prometheus: for a look at what its panels show. It has the lines, the numbers
 * and the bars, and nothing of Grafana's looks.
 */
final class DashboardPicture {

    private static final int CELL_WIDTH = 55;
    private static final int CELL_HEIGHT = 34;
    private static final int COLUMNS = 24;
    private static final int MARGIN = 6;
    private static final int TITLE = 20;
    private static final int LEGEND = 16;
    private static final int AXIS = 62;
    private static final int MOST_IN_LEGEND = 6;
    private static final Color[] COLOURS = {
        new Color(0x1f77b4),
        new Color(0xd62728),
        new Color(0x2ca02c),
        new Color(0xff7f0e),
        new Color(0x9467bd),
        new Color(0x17becf),
        new Color(0x8c564b),
        new Color(0xe377c2)
    };

    private final RealPrometheus prometheus;
    private final long from;
    private final long to;

    /** @param from the first second shown, as Unix time; {@code to} the last */
    DashboardPicture(RealPrometheus prometheus, long from, long to) {
        this.prometheus = prometheus;
        this.from = from;
        this.to = to;
    }

    private record Series(String name, List<double[]> points) {
        double last() {
            return points.isEmpty() ? Double.NaN : points.getLast()[1];
        }
    }

    /** Writes the dashboard called {@code name} to a PNG in {@code folder}. */
    void write(String name, Path folder) throws IOException, InterruptedException {
        JsonNode panels = Dashboards.read(name).path("panels");
        int rows = 0;
        for (JsonNode panel : panels) {
            rows = Math.max(
                    rows,
                    panel.at("/gridPos/y").asInt() + panel.at("/gridPos/h").asInt());
        }
        var image = new BufferedImage(COLUMNS * CELL_WIDTH, rows * CELL_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (JsonNode panel : panels) {
            draw(panel, canvas);
        }
        canvas.dispose();
        ImageIO.write(
                image,
                "png",
                Files.createDirectories(folder).resolve(name + ".png").toFile());
    }

    private void draw(JsonNode panel, Graphics2D canvas) throws IOException, InterruptedException {
        JsonNode place = panel.path("gridPos");
        int width = place.path("w").asInt() * CELL_WIDTH - 2 * MARGIN;
        int height = place.path("h").asInt() * CELL_HEIGHT - 2 * MARGIN;
        var area = (Graphics2D) canvas.create(
                place.path("x").asInt() * CELL_WIDTH + MARGIN,
                place.path("y").asInt() * CELL_HEIGHT + MARGIN,
                width + 1,
                height + 1);
        area.setColor(Color.LIGHT_GRAY);
        area.drawRect(0, 0, width, height);
        area.setColor(Color.BLACK);
        area.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
        String unit = panel.at("/fieldConfig/defaults/unit").asText();
        area.drawString(panel.path("title").asText() + "  [" + unit + "]", MARGIN, TITLE - 5);
        List<Series> series = series(panel);
        if ("timeseries".equals(panel.path("type").asText())) {
            lines(series, area, width, height);
        } else {
            numbers(series, area, "stat".equals(panel.path("type").asText()));
        }
        area.dispose();
    }

    private List<Series> series(JsonNode panel) throws IOException, InterruptedException {
        var found = new ArrayList<Series>();
        for (JsonNode target : panel.path("targets")) {
            String expression = Dashboards.filledIn(target.path("expr").asText());
            for (JsonNode result : prometheus.range(expression, from, to)) {
                var points = new ArrayList<double[]>();
                for (JsonNode value : result.path("values")) {
                    double number = Double.parseDouble(value.path(1).asText());
                    if (Double.isFinite(number)) {
                        points.add(new double[] {value.path(0).asDouble(), number});
                    }
                }
                String name = target.path("legendFormat").asText();
                for (var label : result.path("metric").properties()) {
                    name = name.replaceAll(
                            "\\{\\{ *" + label.getKey() + " *}}",
                            label.getValue().asText());
                }
                found.add(new Series(name, points));
            }
        }
        return found;
    }

    private void lines(List<Series> series, Graphics2D area, int width, int height) {
        List<double[]> all =
                series.stream().flatMap(one -> one.points().stream()).toList();
        double high = all.stream().mapToDouble(point -> point[1]).max().orElse(1);
        double low =
                Math.min(0, all.stream().mapToDouble(point -> point[1]).min().orElse(0));
        double span = high > low ? high - low : 1;
        int bottom = height - LEGEND - MARGIN;
        area.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        area.drawString(shown(high), MARGIN, TITLE + 12);
        area.drawString(shown(low), MARGIN, bottom);
        area.drawLine(AXIS, TITLE, AXIS, bottom);
        area.drawLine(AXIS, bottom, width - MARGIN, bottom);
        area.setStroke(new BasicStroke(1.6f));
        int legend = AXIS;
        for (int i = 0; i < series.size(); i++) {
            area.setColor(COLOURS[i % COLOURS.length]);
            var line = new Path2D.Double();
            for (double[] point : series.get(i).points()) {
                double x = AXIS + (point[0] - from) / (to - from) * (width - AXIS - MARGIN);
                double y = bottom - (point[1] - low) / span * (bottom - TITLE);
                if (line.getCurrentPoint() == null) {
                    line.moveTo(x, y);
                }
                line.lineTo(x, y);
            }
            area.draw(line);
            if (i < MOST_IN_LEGEND) {
                String text = series.get(i).name();
                area.drawString(text, legend, height - MARGIN);
                legend += area.getFontMetrics().stringWidth(text) + 2 * MARGIN;
            }
        }
    }

    /** @param bare whether the one number there is needs no name */
    private static void numbers(List<Series> series, Graphics2D area, boolean bare) {
        area.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, bare ? 30 : 13));
        int line = area.getFontMetrics().getHeight();
        int y = TITLE + line;
        for (Series one : series) {
            area.drawString((bare ? "" : one.name() + "  ") + shown(one.last()), 3 * MARGIN, y);
            y += line;
        }
    }

    private static String shown(double number) {
        return String.format(Locale.ROOT, "%.4g", number);
    }
}
