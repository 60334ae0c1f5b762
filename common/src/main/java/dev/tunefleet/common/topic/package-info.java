/**
 * The topics: their names, keys, partitions, cleanup and retention, and the settings of the queue's share group.
 *
 * <p>One truth for programs, tests and cluster manifests. Knows no client and no record.
 */
package dev.tunefleet.common.topic;
