package dev.tunefleet.coordinator.view;

/** What became of a request. */
public sealed interface Reply {

    record Done() implements Reply {}

    record Refused(String reason) implements Reply {}
}
