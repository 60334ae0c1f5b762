package dev.tunefleet.local.cli;

/** How this program was called. */
final class Invocation {

    private Invocation() {}

    /** What a person typed before the verb. */
    static String command() {
        return System.getProperty("tunefleet.command", "tunefleet");
    }
}
