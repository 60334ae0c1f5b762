/**
 * Who may use the REST interface, and for what.
 *
 * <p>Owns the roles, the tokens, the trust in an issuer of tokens and the gate in front of every request. Knows methods and paths; nothing of studies.
 */
package dev.tunefleet.coordinator.security;
