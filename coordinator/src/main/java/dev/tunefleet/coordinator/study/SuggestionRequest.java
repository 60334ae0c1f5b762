package dev.tunefleet.coordinator.study;

/**
 * What the study has asked the search for and has not been answered.
 *
 * @param number counts the requests of the study, from 1
 * @param count how many configurations are wanted
 */
public record SuggestionRequest(long number, int count) {}
