package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.StudySpec;

/** What differs between a study as it is and as it is asked for again. */
final class Differences {

    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private Differences() {}

    /** What differs besides the budget, in words; empty where nothing does. */
    static List<String> between(StudySpec known, StudySpec asked, boolean sameData) {
        var found = new ArrayList<String>();
        compare(found, "task", known.task(), asked.task());
        compare(found, "data", known.data().withUri("data"), asked.data().withUri("data"));
        compare(found, "split", known.split(), asked.split());
        compare(found, "metric", known.metric(), asked.metric());
        compare(found, "expenses", known.expenses(), asked.expenses());
        compare(found, "training", known.training(), asked.training());
        compare(found, "space", known.space(), asked.space());
        compare(found, "search", known.search(), asked.search());
        if (!sameData) {
            found.add("the content of its data");
        }
        return found;
    }

    private static void compare(List<String> found, String field, Object known, Object asked) {
        if (!known.equals(asked)) {
            found.add(field + ": " + known + " became " + asked);
        }
    }

    /** Why {@code asked} cannot follow {@code known}; empty where it can. */
    static Optional<String> notLarger(Budget known, Budget asked) {
        if (asked.trials() < known.trials()) {
            return refused("trials", known.trials(), asked.trials(), "not shrink");
        }
        if (asked.time().orElse(FOR_EVER).compareTo(known.time().orElse(FOR_EVER)) < 0) {
            return refused("time", known.time(), asked.time(), "not shrink");
        }
        if (asked.epochs() != known.epochs()) {
            return refused("epochs", known.epochs(), asked.epochs(), "stay, as its trials are compared by them");
        }
        return Optional.empty();
    }

    private static Optional<String> refused(String field, Object known, Object asked, String rule) {
        return Optional.of(
                "The budget." + field + " (" + asked + ") of a study must " + rule + "; it was " + known + ".");
    }
}
