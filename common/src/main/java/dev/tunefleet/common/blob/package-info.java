/**
 * Where large content lies: data sets, checkpoints, models, by key, with the digest checked on every read.
 *
 * <p>Owns the port and its adapters. Knows nothing of what the content means.
 */
package dev.tunefleet.common.blob;
