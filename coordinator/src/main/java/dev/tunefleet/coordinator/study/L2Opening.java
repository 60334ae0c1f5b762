package dev.tunefleet.coordinator.study;

/** Why L2 may be used from now on: {@code trial} overfitted, as {@code evidence} says in numbers. */
public record L2Opening(int trial, String evidence) {}
