/**
 * How records are written: JSON in an envelope {@code {"type": …, "version": …, "body": …}} with names of our own.
 *
 * <p>Owns the type names and versions for ever: fields are added with a default, never renamed or used for something else, and
 * unknown fields are ignored. The only package of this module that sees Jackson. Knows nothing of
 * what records mean.
 */
package dev.tunefleet.common.wire;
