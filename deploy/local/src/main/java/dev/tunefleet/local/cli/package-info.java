/**
 * The verbs of the command line: what they are called, what they print, and with which exit code they end.
 *
 * <p>Owns every word on the terminal and is the only place that writes to it. Knows nothing of how processes are kept running,
 * how the coordinator is spoken to or how a study file is read; it puts those together.
 */
package dev.tunefleet.local.cli;
