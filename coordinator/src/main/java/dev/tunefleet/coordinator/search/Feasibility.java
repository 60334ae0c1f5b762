package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.coordinator.gp.Acquisition;
import dev.tunefleet.coordinator.gp.Hyperparameters;
import dev.tunefleet.coordinator.gp.LogProbability;
import dev.tunefleet.coordinator.gp.MeanTerm;

/**
 * Where training is likely to fail: a process on a latent scale whose Φ is the probability of a result. Far from every failure
 * that is 0.95; each failure pulls it down around itself.
 */
final class Feasibility {

    /** Φ⁻¹(0.95). */
    private static final double PRIOR = 1.6448536269514722;

    /**
     * What a failure is on the latent scale, the unit of the targets: Φ(1.6 - 8) is as good as never. Less would not outweigh
     * the improvement that a model, which never sees a failure's value, promises there.
     */
    private static final double UNIT = 8;

    private static final double FAILURE = -1;
    private static final double RESULT = 0.1;

    /** The most of either kind that the process holds, the newest, and by how many the oldest of them go at once. */
    private static final Window WINDOW = new Window(120, 40);

    private Feasibility() {}

    /** The log probability of a result; empty while nothing has failed. */
    static Optional<Acquisition> term(SearchView view, Layout layout, HyperMemo memo) {
        List<Observation> failed =
                view.observations().stream().filter(each -> failed(view, each)).toList();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        var both = new ArrayList<>(newest(failed));
        both.addAll(newest(view.observations().stream()
                .filter(each -> each.outcome() instanceof Outcome.Measured)
                .toList()));
        both.sort(Comparator.comparingLong(Observation::trial));
        List<HyperMemo.Sample> samples = both.stream()
                .map(each -> layout.sample(each.configuration(), failed(view, each) ? FAILURE : RESULT))
                .toList();
        // With nothing but failures a fit sees one constant; what is wanted then is distance from them all.
        var posterior = both.size() == newest(failed).size()
                ? HyperMemo.posterior(layout.embedding().features(), apart(layout), samples)
                : memo.posterior(layout.embedding().features(), samples);
        return Optional.of(new MeanTerm(posterior, new LogProbability(1, -PRIOR / UNIT, 1 / UNIT)));
    }

    private static Hyperparameters apart(Layout layout) {
        double[] lengths = new double[layout.embedding().features().groups()];
        Arrays.fill(lengths, 0.25 * Math.sqrt(lengths.length));
        return new Hyperparameters(lengths, 1, new double[] {1e-3});
    }

    /** A trial that ran out of memory counts only if the known constraint has not learned from it. */
    private static boolean failed(SearchView view, Observation observation) {
        return switch (observation.outcome()) {
            case Outcome.Diverged _ -> true;
            case Outcome.OutOfMemory _ -> view.allowed().test(observation.configuration());
            case Outcome.Measured _, Outcome.TimedOut _, Outcome.Lost _ -> false;
        };
    }

    private static List<Observation> newest(List<Observation> all) {
        return WINDOW.newest(all.stream()
                .sorted(Comparator.comparingLong(Observation::trial))
                .toList());
    }
}
