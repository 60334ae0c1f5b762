/**
 * A plain program that looks at a study and its data before anything runs: what will be trained on what, what it will cost, and
 * the first thing that is wrong. Knows data and training; no broker, no framework.
 */
package dev.tunefleet.worker.check;
