/** Whether the worker lives and whether it is ready, as a cluster asks. Knows the intake and the blob store only. */
package dev.tunefleet.worker.health;
