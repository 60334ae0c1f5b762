package dev.tunefleet.coordinator.study;

/**
 * What the study has asked the search for and has not been answered.
 *
 * @param number counts the requests of the study, from 1
 * @param count how many configurations are wanted
 * @param version the version of the study that the answer is to be computed from, or a later one
 * @param seed of everything random in the answer
 */
public record SuggestionRequest(long number, int count, long version, long seed) {}
