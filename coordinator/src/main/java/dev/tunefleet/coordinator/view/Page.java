package dev.tunefleet.coordinator.view;

import java.util.List;

/** Some of {@code total} items. */
public record Page<T>(int total, List<T> items) {

    public Page {
        items = List.copyOf(items);
    }
}
