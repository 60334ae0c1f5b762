package dev.tunefleet.coordinator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.view.Change;

/**
 * Tells whoever watches a study which of its trials look different since they asked last. Changes between two questions are
 * one change, so that a slow watcher costs a set of numbers and no more. Thread-safe.
 */
@ApplicationScoped
class LiveFeed {

    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    @Incoming("changes")
    void changed(Change change) {
        for (Watch watch : watches) {
            if (watch.study.equals(change.study())) {
                watch.add(change.trials());
            }
        }
    }

    /** A watch that begins with the study itself marked as changed. End it when nobody looks any more. */
    Watch watch(StudyId study) {
        var watch = new Watch(study);
        watches.add(watch);
        return watch;
    }

    void end(Watch watch) {
        watches.remove(watch);
    }

    /** What has changed in one study since it was asked last. */
    static final class Watch {

        private final StudyId study;
        private final Set<Integer> trials = new TreeSet<>();
        private boolean changed = true;

        private Watch(StudyId study) {
            this.study = study;
        }

        private synchronized void add(List<Integer> numbers) {
            changed = true;
            trials.addAll(numbers);
        }

        /** Whether anything has changed, and the numbers of the trials that have. */
        synchronized News take() {
            var news = new News(changed, List.copyOf(new ArrayList<>(trials)));
            changed = false;
            trials.clear();
            return news;
        }
    }

    /** What {@link Watch#take} found. */
    record News(boolean changed, List<Integer> trials) {}
}
