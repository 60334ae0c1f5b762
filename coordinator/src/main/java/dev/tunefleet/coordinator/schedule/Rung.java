package dev.tunefleet.coordinator.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * The trials that reached one number of epochs, split into the best 1/eta and the rest, and which of the best wait there. A change
 * costs O(log n), at the latest when somebody looks: nobody does at most rungs while a journal is read.
 */
final class Rung {

    private record Entry(double value, int trial) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byValue = Double.compare(value, other.value);
            return byValue != 0 ? byValue : Integer.compare(trial, other.trial);
        }
    }

    private final int epochs;
    private final int eta;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private final Map<Integer, Entry> waiting = new HashMap<>();
    /** Who entered and was not sorted in yet. */
    private final List<Entry> arrived = new ArrayList<>();

    private final TreeSet<Entry> top = new TreeSet<>();
    private final TreeSet<Entry> rest = new TreeSet<>();
    private final TreeSet<Entry> ready = new TreeSet<>();

    Rung(int epochs, int eta) {
        this.epochs = epochs;
        this.eta = eta;
    }

    int epochs() {
        return epochs;
    }

    /** What each trial reached here. */
    Map<Integer, Double> values() {
        var values = new HashMap<Integer, Double>();
        entries.forEach((trial, entry) -> values.put(trial, entry.value()));
        return values;
    }

    int size() {
        return entries.size();
    }

    /** Adds a trial with what it reached here; its first value here counts. */
    void enter(int trial, double value) {
        var entry = new Entry(value, trial);
        if (entries.putIfAbsent(trial, entry) == null) {
            arrived.add(entry);
        }
    }

    private void sortIn() {
        arrived.sort(Comparator.naturalOrder());
        arrived.forEach(this::sortIn);
        arrived.clear();
    }

    private void sortIn(Entry entry) {
        if (!top.isEmpty() && entry.compareTo(top.last()) < 0) {
            raise(entry);
        } else {
            rest.add(entry);
        }
        int places = (top.size() + rest.size()) / eta;
        while (top.size() > places) {
            Entry last = top.pollLast();
            ready.remove(last);
            rest.add(last);
        }
        while (top.size() < places) {
            raise(rest.pollFirst());
        }
    }

    private void raise(Entry entry) {
        top.add(entry);
        if (waiting.containsKey(entry.trial())) {
            ready.add(entry);
        }
    }

    /** A trial that entered waits here for a promotion. */
    void pause(int trial) {
        Entry entry = entries.get(trial);
        if (entry == null) {
            throw new IllegalStateException(
                    "Trial " + trial + " must have entered the rung of " + epochs + " epochs before it waits there.");
        }
        waiting.put(trial, entry);
        if (top.contains(entry)) {
            ready.add(entry);
        }
    }

    void leave(int trial) {
        Entry entry = waiting.remove(trial);
        if (entry != null) {
            ready.remove(entry);
        }
    }

    /** The best of the trials that wait here among the best 1/eta. */
    Optional<Integer> firstReady() {
        sortIn();
        return ready.isEmpty() ? Optional.empty() : Optional.of(ready.first().trial());
    }

    int ready() {
        sortIn();
        return ready.size();
    }

    /** The median of all values here; meant for {@code eta} 2. */
    OptionalDouble median() {
        sortIn();
        if (rest.isEmpty()) {
            return OptionalDouble.empty();
        }
        double upper = rest.first().value();
        return OptionalDouble.of(entries.size() % 2 == 1 ? upper : (top.last().value() + upper) / 2);
    }
}
