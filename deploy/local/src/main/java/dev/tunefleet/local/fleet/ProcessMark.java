package dev.tunefleet.local.fleet;

import java.util.Optional;

/**
 * A process that is told from a later one with the same number by the time of its start.
 *
 * @param started milliseconds since 1970; 0 where the system does not say
 */
public record ProcessMark(long pid, long started) {

    static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(process.pid(), startOf(process));
    }

    /** The process while it lives. */
    public Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> startOf(process) == started);
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    }
}
