package dev.tunefleet.coordinator.search;

import java.util.ArrayList;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Whole;
import dev.tunefleet.coordinator.gp.Features;

/**
 * Turns snapped points of the cube into features between which plain distance makes sense, so that any kernel of that distance
 * is positive definite: a number is itself, an unordered choice a corner of a simplex with edges of length 1, a switched
 * parameter the origin when off and a point of a quarter circle when on (the arc kernel of Swersky et al. 2013, arXiv
 * 1409.4011). Parameters with a single value have no feature. A share of the full epochs, where wanted, is the last feature.
 */
final class Embedding {

    private enum Form {
        PLAIN,
        SIMPLEX,
        ARC
    }

    private record Part(int coordinate, Form form, int first, int options) {}

    private static final double CORNER = Math.sqrt(0.5);

    private final ArrayList<Part> parts = new ArrayList<>();
    private final Features features;
    private final boolean withEpochs;

    Embedding(UnitCube cube, boolean withEpochs) {
        this.withEpochs = withEpochs;
        var groups = new ArrayList<Integer>();
        for (int i = 0; i < cube.dimension(); i++) {
            if (cube.values(i) > 1) {
                Part part = part(cube, i, groups.size());
                int width = part.form() == Form.PLAIN ? 1 : part.form() == Form.ARC ? 2 : part.options();
                for (int k = 0; k < width; k++) {
                    groups.add(parts.size());
                }
                parts.add(part);
            }
        }
        if (withEpochs) {
            groups.add(parts.size());
        }
        features = new Features(
                groups.stream().mapToInt(Integer::intValue).toArray(), parts.size() + (withEpochs ? 1 : 0));
    }

    private static Part part(UnitCube cube, int coordinate, int first) {
        return switch (cube.parameter(coordinate)) {
            case Choice choice
            when !choice.ordered() ->
                new Part(coordinate, Form.SIMPLEX, first, choice.options().size());
            case Switched switched -> new Part(coordinate, Form.ARC, first, 0);
            case Real _, Whole _, Choice _ -> new Part(coordinate, Form.PLAIN, first, 0);
        };
    }

    Features features() {
        return features;
    }

    /** The parameter of each group, by its index in the space; -1 is that of the epochs. */
    int coordinate(int group) {
        return group < parts.size() ? parts.get(group).coordinate() : -1;
    }

    /**
     * The features of a snapped point.
     *
     * @param point [d] coordinates
     * @param epochs the share of the full epochs, from 0 to 1 on a log scale
     */
    double[] features(double[] point, double epochs) {
        double[] result = new double[features.count()];
        for (Part part : parts) {
            double at = point[part.coordinate()];
            switch (part.form()) {
                case PLAIN -> result[part.first()] = at;
                case SIMPLEX -> result[part.first() + option(part, at)] = CORNER;
                case ARC -> {
                    result[part.first()] = at == UnitCube.OFF ? 0 : Math.sin(Math.PI / 2 * at);
                    result[part.first() + 1] = at == UnitCube.OFF ? 0 : Math.cos(Math.PI / 2 * at);
                }
            }
        }
        if (withEpochs) {
            result[result.length - 1] = epochs;
        }
        return result;
    }

    /** The gradient by coordinates, given that by features; 0 where a coordinate is discrete. */
    double[] pullBack(double[] point, double[] byFeature) {
        double[] result = new double[point.length];
        for (Part part : parts) {
            double at = point[part.coordinate()];
            switch (part.form()) {
                case PLAIN -> result[part.coordinate()] = byFeature[part.first()];
                case SIMPLEX -> result[part.coordinate()] = 0;
                case ARC -> {
                    double angle = Math.PI / 2 * at;
                    result[part.coordinate()] = at == UnitCube.OFF
                            ? 0
                            : Math.PI
                                    / 2
                                    * (Math.cos(angle) * byFeature[part.first()]
                                            - Math.sin(angle) * byFeature[part.first() + 1]);
                }
            }
        }
        return result;
    }

    private static int option(Part part, double at) {
        return Math.clamp((int) (at * part.options()), 0, part.options() - 1);
    }
}
