/** The worker program: takes attempts from the queue, trains them and reports what happened. */
package dev.tunefleet.worker;
