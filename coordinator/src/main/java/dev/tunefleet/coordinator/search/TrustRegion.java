package dev.tunefleet.coordinator.search;

/** The box in which the next trial is looked for. */
final class TrustRegion {

    private TrustRegion() {}

    static Box box(SearchView view, Surrogate.Layout layout, Surrogate surrogate, int found) {
        return Box.whole(layout.cube().dimension());
    }
}
