package dev.tunefleet.coordinator.search;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import dev.tunefleet.common.space.SearchSpace;

/**
 * The surrogates of the latest studies asked for, so that an ask appends what is new instead of fitting all again. What is
 * taken belongs to the taker until it is put back. Thread-safe.
 */
final class SurrogateCache {

    private static final int CAPACITY = 16;

    /** What makes rows mean the same: the space, the top rung and the direction. */
    private record Key(SearchSpace space, int fullEpochs, Goal goal) {
        static Key of(SearchView view) {
            return new Key(view.space(), view.fullEpochs(), view.goals().getFirst());
        }
    }

    private record Entry(Key key, Surrogate surrogate) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** The surrogate of exactly these rows, from the cache where it has one to start from. */
    Surrogate take(SearchView view, Layout layout, List<Row> rows) {
        synchronized (entries) {
            for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
                Entry entry = each.next();
                if (entry.key().equals(Key.of(view)) && entry.surrogate().serves(rows)) {
                    each.remove();
                    entry.surrogate().append(rows);
                    return entry.surrogate();
                }
            }
        }
        return Surrogate.of(layout, rows);
    }

    void put(SearchView view, Surrogate surrogate) {
        synchronized (entries) {
            entries.addFirst(new Entry(Key.of(view), surrogate));
            if (entries.size() > CAPACITY) {
                entries.removeLast();
            }
        }
    }
}
