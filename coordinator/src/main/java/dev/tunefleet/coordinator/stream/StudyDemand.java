package dev.tunefleet.coordinator.stream;

/** How many slots a study could use now, running ones counted. */
record StudyDemand(int slots) {}
