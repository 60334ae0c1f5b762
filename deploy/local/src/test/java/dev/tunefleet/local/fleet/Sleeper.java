package dev.tunefleet.local.fleet;

import java.util.concurrent.CountDownLatch;

/** A program that does nothing until it is stopped, or ends at once with the exit code it is given. */
final class Sleeper {

    private Sleeper() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0) {
            System.exit(Integer.parseInt(arguments[0]));
        }
        new CountDownLatch(1).await();
    }
}
