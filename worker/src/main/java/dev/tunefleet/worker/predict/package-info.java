/**
 * A plain program that makes forecasts with a finished model. Knows data and training; no broker, no framework, and nothing of where
 * the model came from.
 */
package dev.tunefleet.worker.predict;
