package dev.tunefleet.common.trial;

import java.util.UUID;

/** One running of an attempt by one worker; a redelivered attempt has several, of which the coordinator lets one go on. */
public record Execution(AttemptId attempt, UUID id, String worker) {}
