package dev.tunefleet.coordinator.api;

import java.util.List;

/** A page of studies; {@code total} counts all. */
public record StudyList(int total, List<StudyView> studies) {}
