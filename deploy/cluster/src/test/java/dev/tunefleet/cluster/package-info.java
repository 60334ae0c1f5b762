/**
 * The checks of what an operator installs: manifests, images, dashboards, alerts.
 *
 * <p>Owns the rules that no compiler knows: that names meet, that fields exist, that a program reads what it is given and
 * exports what is drawn. Knows nothing of how a program does it.
 */
package dev.tunefleet.cluster;
