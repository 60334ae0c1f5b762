/** The worker's settings from its environment, and the objects that are made of them. Knows every other package; none knows it. */
package dev.tunefleet.worker.config;
