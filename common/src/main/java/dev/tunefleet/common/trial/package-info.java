/**
 * What crosses the wire between coordinator and workers: assignments one way, events the other, directives and status.
 *
 * <p>A study has trials, a trial has attempts (minted by the coordinator), an attempt has executions (one running of it by
 * one worker). Owns these words and nothing of how they are written, sent or acted upon.
 */
package dev.tunefleet.common.trial;
