package dev.tunefleet.local.cli;

/** The exit codes that scripts can rely on. */
final class Exit {

    static final int DONE = 0;
    /** The study failed, or the server refused. */
    static final int REFUSED = 1;
    /** The command line or a study file is wrong. */
    static final int USAGE = 2;
    /** A program or server that is needed does not run or does not answer. */
    static final int UNAVAILABLE = 3;
    /** Another process has the instance. */
    static final int IN_USE = 4;

    private Exit() {}
}
